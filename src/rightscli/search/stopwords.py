"""The words of a query that say nothing of what it is about."""

from __future__ import annotations

STOP_WORDS = frozenset(
    "a about above after again all also am an and any are as at be because been before being between both but by can cannot"
    " could did do does doing done don down during each either else ever every few for from further get gets getting give"
    " given go goes going got had has have having he her here hers him his how however i if in into is isn it its itself just"
    " let like ll made make makes many may maybe me might mine more most much must my neither no nor not now of off on once"
    " one only or other others our out over own per please quite rather really re s same say says she should since so some"
    " such t than that the their theirs them themselves then there these they this those though through thus to too toward"
    " under until up upon us very via was way we were what whatever when where whether which while who whoever whom whose why"
    " will with within without would yes yet you your"
    " arent cant couldnt didnt doesnt dont hadnt hasnt havent hows im isnt ive shouldnt thats theres theyre wasnt werent whats"
    " wheres whos wont wouldnt youre".split()
)
"""Words that make no query specific. They are looked for only where a query holds nothing else."""
GENERIC_WORDS = frozenset(
    "according actively actual actually add affect ahead aim allow allowed amongst answer anybody anyhow anymore anyone"
    " anything anywhere apart apparent apparently approximately around article ask asking aspect attempt aware away"
    " background bad basically basis become begin beginning behalf belong besides big bit briefly bring broadly call"
    " called came case cause certain change chapter claim claims clear clearly client clients come comes coming common"
    " commonly comparison complete completely concern concerning consider considered content context count countries"
    " country current currently data date dates day days deal deals depend describe described description despite detail"
    " details differ difference different difficult discuss discussed discusses discussing document easy effect"
    " effectively else entire entirely especially essay estimate everybody everyone everything everywhere evidence exact"
    " exactly example explain explained explains explanation extent fact facts fairly far figure figures finally find"
    " first focus folk folks follow following foremost form former frequently full furthermore general goal good great"
    " guess guy happen happened happening happens happily hardly hear heard hello help hence herself hey hi himself hold"
    " holding homework hopefully ideally identify imagine impact important include included includes including indeed info"
    " information inside instead interested interesting invented involve involved issue issues keep keeps kind kinda"
    " kindly knew know known largely last late lately latest latter lead least less lets level link linked list little"
    " located long look looking lot lots main mainly major manage matter mean meaning means mention mentioned mostly name"
    " namely names near nearly necessarily necessary need needs new next nice nobody normally north notably nowadays"
    " number numbers obvious obviously occur often old opinion originally otherwise ought ourselves overview paragraph"
    " part particular partly passage people perhaps person phrase piece place plenty point possible possibly precise"
    " precisely presumably previously primarily probably problem problems process purpose put question quick quickly quote"
    " read readily realise realize reason reasons recent recently regard regarding regardless regards related relevant"
    " remain remains report reported reporting reports resource rest result right roughly said sake saw section see seem"
    " seems seen sense sentence serious seriously set several shall short show shows side similar simple simply situation"
    " slightly somebody somehow someone something sometimes somewhat somewhere soon sort source sources specific"
    " specifically spite stand start state stated statement statistic statistics stats step still stuff subject suggest"
    " summarise summarised summarize summarized summary supposed sure surely take taken takes talk talking tell tells text"
    " thank thanks thereby therefore thing things think thoroughly time times today together told took topic topics total"
    " towards true truth try trying type typical typically understand unless use used useful uses using usual usually"
    " utterly various versus virtually vs want wants ways whereas wherever whilst whole wholly widely wish wonder"
    " wondering word words work works world worth write writing year years yesterday yourself".split()
)
"""Words that questions are made of: where the base does not know them, they are not missed."""
