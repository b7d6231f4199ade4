"""Holds a tokenizer.json against Hugging Face's `tokenizers` library.

    python tests/reference/tokenizer.py                    compare tests/fixtures/tokenizer with the library
    python tests/reference/tokenizer.py --write            make its golden.json again
    python tests/reference/tokenizer.py MODEL_FOLDER       load any village model's tokenizer.json, with
                                                           `transformers` too where that is installed

A Rust test (src/world/tokenizer/tests.rs) holds our own ids against the same golden.json.
"""

import json
import random
import sys
from pathlib import Path

from tokenizers import Tokenizer

FIXTURE = Path(__file__).parent.parent / "fixtures" / "tokenizer"

TEXTS = [
    "",
    " ",
    "   ",
    "how can i take my neighbor 's coat ?",
    "How CAN I take My neighbor 's Coat ?",
    "<q> how can i take my sister 's coat ? <a>",
    "<q>how<a>no .<eos>",
    "<m> why ? <a> no . <q> why ? <a>",
    "<c> why ? <a> <r>",
    "<v> why ? <a> no . <r> 1 : very good ; do not take the coat . <a>",
    "<q>   how   <a>   ",
    " <q> ",
    "<q><q><a>  <a>",
    "<Q> how <q >",
    "<qq> <q <<q>> >q<",
    "<pad> how <unk> coat <eos>",
    "zebra",
    "the zebra is good .",
    "coat coats acoat coat.",
    "howcan",
    " how",
    "how ",
    "how  can",
    "how\ncan\tis",
    "how\r\n<q>\t\n coat",
    "\u2581how \u2581 <0x41>",
    "<0x41> <0xC3><0xA9>",
    "\u00e9t\u00e9 \u00c9T\u00c9 e\u0301",
    "\u0391\u03a3 \u03c3\u03c2 \u0130I\u0131 \u1e9e\u00df",
    "\u01c5 \u01c4 \u2126 \u212b \u13a0",
    "\U0001f410 the goat \U0001f410\U0001f3fd",
    "\u4f60\u597d \u4f60 \u597d",
    "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "\u00a0coat\u00a0<q>\u00a0coat",
    "\u2028<q>\u0085",
    "\u3000<a>\u3000how\u3000",
    "\u200bhow\u200b <q>\u200b",
    "\u001chow\u001c<q>\u001c",
    "\u0000 \u0001 \u007f",
    "\ufeffhow \ufffd \U0010ffff",
    "a" * 300,
    "<" * 50,
    "1 : ; 7 ? . , 's '",
]


def some_texts(generator, tokenizer, count):
    """Texts in which words, specials, spaces and strange letters meet at random."""
    parts = [*sorted(tokenizer.get_vocab()), *"aAzZ<>qx0 .\u00e9\u2581\u0130\u3000\n", " ", "  "]
    return ["".join(generator.choices(parts, k=generator.randrange(1, 14))) for _ in range(count)]


def some_ids(generator, tokenizer, count):
    """Ids at random, with many bytes: valid letters, broken ones, specials between them."""
    size = tokenizer.get_vocab_size()
    first = tokenizer.token_to_id("<0x00>")
    letters = [list(text.encode()) for text in ("\u00e9", "\u20ac", "\U0001f410", "a", " ")]
    rows = [[], [1], [size, 3]]
    for _ in range(count):
        row = []
        for _ in range(generator.randrange(1, 8)):
            kind = generator.randrange(4)
            if kind == 0:
                row.append(generator.randrange(size))
            elif kind == 1:
                row.append(first + generator.randrange(256))
            else:
                row += [first + byte for byte in generator.choice(letters)]
                row += generator.choices(range(first), k=generator.randrange(2))
        rows.append(row)
    return rows


def golden(tokenizer):
    generator = random.Random(3)
    texts = TEXTS + some_texts(generator, tokenizer, 40)
    encoded = [{"text": text, "ids": tokenizer.encode(text).ids} for text in texts]
    rows = some_ids(generator, tokenizer, 60)
    return {"encoded": encoded, "decoded": [{"ids": ids, "text": tokenizer.decode(ids)} for ids in rows]}


def lines(made):
    """JSON with a case a line."""
    parts = (f' "{name}": [\n  ' + ",\n  ".join(map(json.dumps, cases)) + "\n ]" for name, cases in made.items())
    return "{\n" + ",\n".join(parts) + "\n}\n"


def check_lossless(tokenizer):
    """Whatever is lower case and holds no special token comes back as it was."""
    specials = [token.content for token in tokenizer.get_added_tokens_decoder().values()]
    generator = random.Random(5)
    for text in TEXTS + some_texts(generator, tokenizer, 2000):
        # Letter by letter, as the library does it: Python alone knows a final sigma.
        text = "".join(letter.lower() for letter in text)
        if not any(special in text for special in specials):
            back = tokenizer.decode(tokenizer.encode(text).ids)
            assert back == text, (text, back)


def check_words(tokenizer):
    """Every word is one token, and every byte has its own."""
    vocabulary = tokenizer.get_vocab()
    assert sorted(vocabulary.values()) == list(range(tokenizer.get_vocab_size()))
    words = [piece for piece in vocabulary if piece.startswith(" ") and piece != " "]
    for piece in words:
        assert tokenizer.encode(piece[1:]).ids == [vocabulary[piece]], piece
    assert all(f"<0x{byte:02X}>" in vocabulary for byte in range(256))
    return len(words)


def check_transformers(folder, tokenizer):
    try:
        from transformers import AutoTokenizer
    except ImportError:
        return "not installed"
    auto = AutoTokenizer.from_pretrained(folder)
    assert (auto.pad_token_id, auto.eos_token_id) == (0, 1)
    texts = TEXTS + some_texts(random.Random(7), tokenizer, 500)
    for text in texts:
        ids = auto(text, add_special_tokens=False)["input_ids"]
        assert ids == tokenizer.encode(text).ids, text
        assert auto.decode(ids, skip_special_tokens=True) == tokenizer.decode(ids), text
    return f"same ids and texts in {len(texts)} cases"


def main(arguments):
    folder = next((Path(argument) for argument in arguments if not argument.startswith("-")), FIXTURE)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    if folder == FIXTURE:
        made = golden(tokenizer)
        path = FIXTURE / "golden.json"
        if "--write" in arguments:
            path.write_text(lines(made))
        assert json.loads(path.read_text()) == made, "golden.json is not what the library says"
    check_lossless(tokenizer)
    words = check_words(tokenizer)
    print(f"{folder}: {tokenizer.get_vocab_size()} pieces, {words} of them words; nothing lost")
    if (folder / "tokenizer_config.json").exists():
        print("transformers:", check_transformers(folder, tokenizer))


main(sys.argv[1:])
