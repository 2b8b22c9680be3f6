"""A fitted reader → the file that the package ships: ONNX, its weights in eight bits."""

from __future__ import annotations

import warnings
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.encoder import ClaimReader

INPUTS, OUTPUTS = ["ids", "owners", "windows"], ["labels", "tags", "topics"]


def export(model: ClaimReader, file: Path) -> None:
    """Write the model for any number of passages of any length; matrices and word table in eight bits."""
    model.eval()
    ids = torch.randint(1000, 2000, (2, 12))
    owners = torch.tensor([[-1, *([0] * 5), *([1] * 5), -1]] * 2)
    free = {
        "ids": {0: "passages", 1: "length"},
        "owners": {0: "passages", 1: "length"},
        "windows": {0: "count"},
        "labels": {0: "passages", 1: "count"},
        "tags": {0: "passages", 1: "length"},
        "topics": {0: "passages", 1: "count"},
    }
    with TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            model,
            (ids, owners, torch.arange(2)),
            str(whole),
            input_names=INPUTS,
            output_names=OUTPUTS,
            dynamic_axes=free,
            dynamo=False,
            opset_version=17,
        )
        quantize_dynamic(
            whole,
            file,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
            per_channel=True,
            weight_type=QuantType.QInt8,
        )
