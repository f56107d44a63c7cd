"""The kernel's text holds every function once, for CPU and CUDA alike."""

import re

import pytest
import warp as wp

from physics.flow import program

PREFIXES = "|".join(module.__name__.rpartition(".")[2] for module in program.MODULES)


def test_every_function_that_is_called_is_there_once():
    text = program.text()
    single = rf"^(?:APART )?FN (?!V )\S+(?: long long)? ((?:{PREFIXES})_\w+)\("
    defined = re.findall(single, text, flags=re.M)
    assert len(defined) == len(set(defined))
    called = set(re.findall(rf"\b((?:{PREFIXES})_\w+)\(", text))
    assert called - set(defined) == {f"draws_{name}" for name in ("high_half", "low_half", "bits", "real")}


def test_the_text_is_the_same_each_time():
    assert program.text() == program.text()


def test_both_devices_have_their_multiplication():
    assert "__umul64hi" in program.text()
    assert "__int128" in program.text()


@pytest.mark.slow
def test_cuda_takes_the_same_text(tmp_path):
    """Compiled to PTX for an H100, which needs no device."""
    wp.compile_aot_module(program.kernel().module, device=None, arch=90, module_dir=str(tmp_path), use_ptx=True)
    assert "carry" in next(tmp_path.glob("*.ptx")).read_text()
