"""Loads a model zip as the page gives it, with transformers, unchanged, and lets it speak.

    python tests/reference/load_zip.py mores-model.zip
"""

import sys
import tempfile
import zipfile

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

with tempfile.TemporaryDirectory() as folder:
    with zipfile.ZipFile(sys.argv[1]) as archive:
        archive.extractall(folder)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model, info = AutoModelForCausalLM.from_pretrained(folder, output_loading_info=True)
    assert not info["missing_keys"] and not info["unexpected_keys"], info
    prompt = tokenizer("<q> how can i take my sister 's coat ? <a>", return_tensors="pt", add_special_tokens=False)
    pieces = tokenizer.convert_ids_to_tokens(prompt["input_ids"][0])
    assert not any(piece.startswith("<0x") for piece in pieces), "the tokenizer knows every word"
    torch.manual_seed(1)
    said = model.generate(**{"input_ids": prompt["input_ids"], "attention_mask": prompt["attention_mask"]}, max_new_tokens=40, do_sample=False)
    print(tokenizer.decode(said[0][prompt["input_ids"].shape[1]:], skip_special_tokens=True))
