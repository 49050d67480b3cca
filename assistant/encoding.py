"""The encoder that the settings ask for, in this process or in one of its own."""

from __future__ import annotations

from assistant.settings import Settings
from index.embedding import Encoder, Precision, SentenceTransformerEncoder
from index.encoder_process import EncoderProcess
from index.micro_batches import MicroBatches
from index.model_files import find_model


class EncoderLoader:
    """Loads the encoder of the settings; queries asked at once are encoded together."""

    def __init__(self, settings: Settings, *, apart: bool) -> None:
        """`apart` encodes in a process of its own, which pays where several ask at once."""
        self._model = settings.model
        self._precision = settings.precision
        self._apart = apart
        self._process: EncoderProcess | None = None

    def __call__(self, recorded: Precision | None) -> Encoder:
        """The encoder at the precision the index has unless another is set; raises `ModelError`s."""
        precision = recorded if self._precision == "auto" and recorded else self._precision
        if not self._apart:
            return MicroBatches(SentenceTransformerEncoder(find_model(self._model), precision))
        self.close()
        self._process = EncoderProcess(self._model, precision)
        return MicroBatches(self._process)

    def close(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.close()
