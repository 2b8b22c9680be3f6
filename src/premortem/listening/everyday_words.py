"""Everyday words, by what they can't show: that a question takes up what the other side just said."""

from __future__ import annotations

_NODS_WORDS = """
yeah yes yep no nope okay ok right mm hm mhm mmm hmm uh huh um ah oh sure good great fine true exactly indeed i see
got it understood absolutely of course wow ha haha laughs thanks
"""
_POINTERS_WORDS = """
you your yours that this those these them they him her she there here then now today what who how why when where which
one ones and but for with about from not too also yet still again well much many all some any please know think say
said going
"""
_COMMON_WORDS = """
able about above absolutely actually add added after afternoon again against ago agree ahead allowed almost alone
along already also although always among and another answer any anybody anymore anyone anything anyway anywhere apart
apparently april are around aside ask asked asking august autumn away back bad basically because become been before
began begin behind being believe best better between big bit both bother bring brought budget but buy call called came
can cannot carry case cause certain chance change check choose clear close come comes coming common completely cost
costs could couple course currently day days deal december decide decides decision definitely did difference different
director doctor does doing don't done down during each early easier easy effectively eight either eleven else end
enough entirely especially even evening eventually ever every everybody everyone everything everywhere exactly expect
fact fair far february feel felt few fifty figure figured find fine first five follow for forty forward found four
friday from front full further gave general get gets getting give given gives glad gladly goes going gone gonna good
got gotta great guess guys had half hand happen happened happening happens happy hard has have having hear heard hello
help her here hers herself him himself his hold honest honestly hope hour hours how however hundred hundreds idea
imagine important include including indeed inside instead interesting into involved issue it's its itself january join
july june just keep kept kind kinda knew know known knows large last late later laughs least leave left less let let's
like likely line list literally little live living long longer look looked looking looks lose lost lot lots love ma'am
madam made main mainly make makes making many march matter may maybe mean means meant meet meeting mention mentioned
middle might million mind mine minute minutes mister moment monday money month months more morning most mostly move
much must myself name near nearly need needed needs never new next nice night nine nobody none normal normally nothing
november now number numbers obviously october off often okay old once one ones only onto open other others ought our
ours out outside over own page part particular people perhaps person personally place plan played please point
possible possibly pretty price probably problem problems process product professor properly put question questions
quick quickly quite rather read ready real really reason recently reckon remember rest right roughly round run runs
said same saturday saw say saying says second see seem seems seen send sense sent september seriously set seven
several shall share she short should show side sign signs simple simply since sir sitting six size slightly small
solution some somebody somehow someone something sometimes somewhere soon sorry sort sound sounds speak speaking
special spring stand start started stay step steps still stop story straight stuff such suddenly suggest summer sunday
suppose supposed sure surely system take taken takes taking talk talked talking talks team tell ten terms than thank
thanks that that's the their theirs them themselves then there there's these they thing things think thinking third
thirty this those though thought thousand three through thursday till time times today together told tomorrow tonight
too took top total totally towards tried true try trying tuesday turn twelve twenty two type under understand
understood until upon use used useful uses using usually very wait walk wanna want wanted wants was way ways we'll
we're wednesday week weekend weeks welcome well went were what what's whatever when whenever where wherever whether
which while who whoever whole whom whose why will winter wish with within without won't wonder word words work worked
working works world worry worth would wouldn't wrong yeah year years yes yesterday yet you you're your yours yourself
"""

NODS = frozenset(_NODS_WORDS.split())
"""A turn of nothing but these says nothing that could be taken up, and parts nothing."""

POINTERS = frozenset(_POINTERS_WORDS.split())
"""Words that stand for others: a question that ends on one repeats nothing."""

COMMON = frozenset(_COMMON_WORDS.split())
"""Words too common to show that anybody takes anything up."""
