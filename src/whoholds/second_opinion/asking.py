"""The one module that talks to a language model: a window of text goes out, proposals come back.

The request carries the text, the prompt and, where one is set, the key; no other header of the environment, and no proxy
between this machine and itself. Redirects are not followed: the text goes where the setting says, and nowhere else.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx2
from openai import AsyncOpenAI
from pydantic_ai import Agent, NativeOutput
from pydantic_ai.exceptions import (
    AgentRunError,
    ModelAPIError,
    ModelAuthenticationError,
    ModelConnectionError,
    ModelHTTPError,
    ModelNotFoundError,
    ModelTimeoutError,
    RunTimedOut,
)
from pydantic_ai.models import Model
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.profiles.openai import OpenAIModelProfile
from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider
from pydantic_ai.settings import ModelSettings

from whoholds.config import Endpoint
from whoholds.errors import SecondOpinionError
from whoholds.second_opinion.prompt import Prompt
from whoholds.second_opinion.proposal import Proposal
from whoholds.second_opinion.schema import Answer

MOST_TOKENS = 4000
"""Of an answer: a model that talks on is cut off."""

_SETTINGS = ModelSettings(temperature=0.0, seed=0, max_tokens=MOST_TOKENS)
_SENT = frozenset({"accept", "accept-encoding", "connection", "content-length", "content-type", "host", "user-agent"})


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks one language model; `model` stands in for the endpoint's where it is given (a test's own)."""

    endpoint: Endpoint
    prompt: Prompt
    model: Model | None = None

    def ask(self, message: str, seconds: float) -> tuple[Proposal, ...]:
        """Return what the model proposes for `message`, within `seconds`.

        Raises:
            SecondOpinionError: when the server cannot be reached, refuses, is too slow, or answers what cannot be read.
        """
        try:
            return _run(self, message, seconds)
        except (RunTimedOut, ModelTimeoutError) as error:
            message = f"{self._server} gave no answer within {self.endpoint.timeout} s; raise second_opinion_timeout or ask a smaller model"
            raise SecondOpinionError(message) from error
        except AgentRunError as error:
            raise SecondOpinionError(self._reason(error)) from error

    async def answer(self, message: str, seconds: float) -> Answer:
        """Return the model's answer, checked for its form alone."""
        if self.model is not None:
            return await self._answered(self.model, message, seconds)
        async with httpx2.AsyncClient(
            trust_env=not self.endpoint.local, event_hooks={"request": [self._strip]}, timeout=seconds, follow_redirects=False
        ) as http:
            client = AsyncOpenAI(base_url=self.endpoint.url, api_key=self.endpoint.key or "none", max_retries=0, http_client=http)
            # The older name of the limit is understood by every server; the newer by few.
            profile = OpenAIModelProfile(openai_chat_supports_max_completion_tokens=False)
            provider = OpenAICompatibleProvider("second-opinion", openai_client=client)
            return await self._answered(OpenAIChatModel(self.endpoint.model, provider=provider, profile=profile), message, seconds)

    async def _answered(self, model: Model, message: str, seconds: float) -> Answer:
        agent = Agent(model, output_type=NativeOutput(Answer), instructions=self.prompt.instructions, retries=0)
        return (await agent.run(message, timeout=seconds, model_settings=_SETTINGS)).output

    async def _strip(self, request: httpx2.Request) -> None:
        """Take off what libraries read from the environment (organisation, other keys): it is none of this server's business."""
        kept = _SENT | {"authorization"} if self.endpoint.key else _SENT
        for name in [name for name in request.headers if name.lower() not in kept]:
            del request.headers[name]

    @property
    def _server(self) -> str:
        return f"the language model at {self.endpoint.url}"

    def _reason(self, error: AgentRunError) -> str:
        """Say what went wrong in our words: what a server writes about itself is not passed on."""
        code = f" (HTTP {error.status_code})" if isinstance(error, ModelHTTPError) else ""
        if isinstance(error, ModelConnectionError):
            return f"{self._server} cannot be reached; is the server running, and second_opinion_url right?"
        if isinstance(error, ModelAuthenticationError):
            return f"{self._server} refuses the key{code}; set WHOHOLDS_SECOND_OPINION_KEY"
        if isinstance(error, ModelNotFoundError):
            unknown = f"knows no model {self.endpoint.model!r}, or no such address{code}"
            return f"{self._server} {unknown}; set second_opinion_model and second_opinion_url"
        if isinstance(error, ModelHTTPError):
            return f"{self._server} refused or failed{code}; look into the server's log"
        if isinstance(error, ModelAPIError):
            return f"{self._server} does not answer as an OpenAI-compatible server does; check second_opinion_url (it often ends in /v1)"
        return f"{self._server} gave an answer that is not of the form asked for; try another model"


def _run(asker: Asker, message: str, seconds: float) -> tuple[Proposal, ...]:
    """Run the request to its end, in a thread of its own where the caller (a notebook) already runs an event loop."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(asker.answer(message, seconds)).proposals()
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, asker.answer(message, seconds)).result().proposals()
