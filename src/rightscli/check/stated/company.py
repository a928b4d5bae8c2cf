"""Words that deny only in the company of others: *limited* by nothing, *turned down*, the law *broken*."""

from __future__ import annotations

PERSONAL = frozenset("it them him her us".split())
PRONOUNS = PERSONAL.union("this that these those".split())
"""What may stand within a phrasal verb: the inquiry *ruled* it *out*."""
OWNED = frozenset("its his her their our my".split())
ARTICLES = OWNED.union("a an the this that these those".split())
BE_WORDS = frozenset("is are was were be been being remain remains remained gets get got".split())
_BINDING = frozenset(
    "law laws rule rules promise promises pledge pledges vow vows oath oaths treaty treaties word".split()
)
_PLEAS = frozenset(
    "request requests claim claims complaint complaints appeal appeals proposal proposals motion advice offer offers bid bids"
    " plan plans idea ideas suggestion suggestions recommendation recommendations application applications".split()
)
_TURNING_DOWN = frozenset("throw throws threw thrown turn turns turned".split())
ONLY_BEHIND = {
    "up": frozenset("give gives gave given giving held".split()),
    "off": frozenset("switched switching turned cut cutting shut".split()),
    "lost": BE_WORDS,
    "unknown": BE_WORDS,
    "unheard": BE_WORDS,
    "few": frozenset("too very so".split()),
}
"""Words that turn what follows them only where one of these stands before."""
_DECIDING = frozenset("decide decides decided deciding vote votes voted voting advise advises advised advising".split())
_LIFTED = frozenset(
    "ban bans curfew curfews restriction restrictions embargo embargoes sanction sanctions limit limits order orders siege"
    " blockade suspension moratorium immunity prohibition control controls quarantine lockdown".split()
)
LAWS = (["the", "law"], ["the", "rules"])
"""What is against these is forbidden."""
WITHDRAWING = frozenset("withdraw withdraws withdrew withdrawn drop drops dropped end ends ended".split())
_BREAKING = frozenset(
    "break breaks broke broken breaking escape escapes escaped escaping evade evades evaded evading".split()
)
_DISMISSING = frozenset("dismiss dismisses dismissed dismissing".split())
IN_COMPANY = frozenset.union(WITHDRAWING, _BREAKING, _DISMISSING).union(
    "other against yet want absence instead away limited independently up down off out missing lost unknown unheard few"
    " short".split()
)
"""Words that turn what follows them in the company of certain others alone."""
KEEPING_OUT = frozenset(
    "keep keeps kept keeping leave leaves left leaving lock locked shut shuts shutting stay stays stayed staying".split()
)


def turns_in_company(words: list[str], place: int) -> bool | None:
    """Tell whether a word that turns only in the company of certain others turns what follows it; None of any other word."""
    word = words[place]
    after = words[place + 1] if place + 1 < len(words) else ""
    before = _find_before(words, place)
    if word == "yet":
        return after == "to" and before != "not"
    if (word in ("want", "absence", "instead") and after == "of") or (word in ("away", "absence") and after == "from"):
        return True
    if word.startswith("lift"):
        # To lift a ban is to end it; to lift a share is to raise it.
        return not _LIFTED.isdisjoint(words[max(0, place - 6) : place + 6])
    if word in _BREAKING:
        # Who breaks the law, or escapes a rule, does not keep it.
        return not _BINDING.isdisjoint(words[place + 1 : place + 7])
    if is_put_off(words, place):
        return True
    if word in _DISMISSING or (word in ("out", "down") and before in _TURNING_DOWN):
        return not _PLEAS.isdisjoint(words[place + 1 : place + 6]) and "as" not in words[place + 1 : place + 6]
    if word == "limited" and "to" in words[place + 1 : place + 4]:
        return False
    if word == "independently":
        return after == "of"
    if word == "out":
        # Who bribes a way out of reporting does not report; what is left out of a book is not in it.
        is_deed = "".join(words[place + 2 : place + 3]).endswith("ing")
        return before.startswith("rul") or (after == "of" and (is_deed or before in KEEPING_OUT))
    if word in ("breach", "breaches") and after not in ARTICLES:
        # No breach of the rules: a noun.
        return False
    if (word == "missing" and after == "from") or (word in ("miss", "misses") and before == "near"):
        return False
    if word == "other":
        return after == "than" and before not in ("no", "any", "none")
    if word == "against" and words[place + 1 : place + 3] in LAWS:
        return True
    if word == "against":
        return not _DECIDING.isdisjoint(words[max(0, place - 3) : place])
    if word in ONLY_BEHIND:
        return before in ONLY_BEHIND[word]
    if word == "short":
        return after == "of" and before.startswith(("fall", "fell"))
    return None


def _find_before(words: list[str], place: int) -> str:
    """Return the word before *place*; of the particle of a split verb the verb: the inquiry *ruled* it *out*."""
    is_split = words[place] in ("out", "down", "up") and not PRONOUNS.isdisjoint(words[max(0, place - 1) : place])
    before = place - 1 - is_split
    return words[before] if before >= 0 else ""


def is_put_off(words: list[str], place: int) -> bool:
    """Tell whether the particle at *place* turns what stands before it: a plea *was turned down*, the light *switched off*."""
    before = words[max(0, place - 2) : place]
    if BE_WORDS.isdisjoint(before):
        return False
    if words[place] == "off":
        return before[-1] in ONLY_BEHIND["off"]
    return words[place] == "down" and not _TURNING_DOWN.isdisjoint(before)
