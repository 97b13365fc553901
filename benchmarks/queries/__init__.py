"""What questions cost beside a look-up by primary key."""
