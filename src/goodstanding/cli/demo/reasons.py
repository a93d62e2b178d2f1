"""Why each step of the demo's cases was taken: by its list and by its own records, in Chinese and in English.

Nothing of it is real; it reads as an office writes, so that a reader sees what a reason is for.
"""

from __future__ import annotations

from goodstanding.catalogue.model import Title
from goodstanding.catalogue.procedure import Act, CaseKind, Procedure
from goodstanding.office.grounds import GroundLine
from goodstanding.portal.language import Language
from goodstanding.procedures.deed import Outcome
from goodstanding.procedures.departing import with_code


def both(zh: str, en: str) -> str:
    """A text in both languages, each on a line."""
    return f"{zh}\n{en}"


# What the two stories give as reasons.
ANOTHERS = both(
    "该处罚属于另一家企业：登记簿中有两家同名企业。",
    "The penalty is another company's: the registers carry two of the same name.",
)
NUMBERED = both(
    "处罚决定书载明的统一社会信用代码属于另一家企业。",
    "The number on the decision is another company's.",
)
WITHDRAWN = with_code(
    both("告知所依据的记录已经撤销。", "The record on which the notice rested was withdrawn."), "record-wrong"
)
CONTRACTOR = both("所欠工资应由总承包单位支付。", "The wages are owed by the main contractor.")
EMPLOYER = both(
    "用人单位是该公司，无论总承包单位是否欠付工程款，均应支付劳动报酬。",
    "The company employs the workers, and owes their wages whatever the contractor owes to it.",
)
NO_PERMIT = both("该公司未持有本机关的许可。", "The company has no permit of ours.")
ALL_PAID = both(
    "拖欠的工资已全部支付，支付凭证清单和信用承诺书附后。",
    "All wages are paid; the list of receipts and the commitment are enclosed.",
)

SPARED = {
    "under-review": both("该处罚已被提起行政诉讼，尚未审结。", "The penalty is before a court."),
    "put-right": both("在审查前已缴清全部款项并改正。", "Everything was paid and mended before the review."),
    "minor": both(
        "数额略高于标准，系首次发生，未造成危害后果。",
        "The amount is just above the limit; it was the first time, and no harm was done.",
    ),
    "record-wrong": both(
        "作出机关已通知更正该记录。", "The authority that made the record announced its correction."
    ),
}
"""Why an official does not take a candidate up, by the code of the reason."""

_WEIGHS = {
    "tax-major": Title(
        "The amount evaded is above the limit of the list, and the determination has taken effect.",
        "查补税款数额达到公布标准，处理处罚决定已经生效。",
    ),
    "market-serious": Title(
        "The penalty is one of the heavier kinds, in a field that the rule names, and the circumstances are serious.",
        "所受处罚属于规定领域内的较重行政处罚，且情节严重。",
    ),
    "procurement": Title(
        "The decision excludes the supplier from procurement for misconduct in a tender.",
        "该供应商因采购活动中的违法行为被处罚，禁止参加政府采购活动。",
    ),
    "social-insurance": Title(
        "The act is one of those that the rule lists, and it was not mended within the term that was set.",
        "所涉行为属于规定的失信情形，且逾期未改正。",
    ),
    "wage-arrears": Title(
        "The wages were not paid within the term that the labour inspection set.",
        "经劳动保障监察责令限期支付，逾期仍未支付劳动报酬。",
    ),
}
"""What weighs, by list."""
_ELSE = Title("The record meets the criterion of the list.", "该记录符合名单的列入条件。")

_SAID: dict[tuple[CaseKind | None, Act, Outcome], Title] = {
    (CaseKind.LISTING, Act.NOTIFY, Outcome.NONE): Title(
        "The facts and the law were checked; the organisation is told of them and of its rights.",
        "事实和依据已经核实，现将拟列入的事实、理由、依据及享有的权利予以告知。",
    ),
    (CaseKind.LISTING, Act.DECIDE, Outcome.NOT_LISTED): Title(
        "The statement was examined: the amount was paid before the decision, and no harm was left.",
        "经复核，当事人在决定前已缴清款项，未造成危害后果，陈述、申辩成立。",
    ),
    (CaseKind.LISTING, Act.CONFIRM, Outcome.CONFIRMED): Title(
        "The facts are clear, the evidence carries them, and the procedure was kept.",
        "事实清楚，证据充分，程序合法，同意。",
    ),
    (CaseKind.LISTING, Act.PUBLISH, Outcome.NONE): Title(
        "Published for as long as the entry stands.", "自列入之日起公示，至移出之日止。"
    ),
    (CaseKind.OBJECTION, Act.DECIDE, Outcome.GRANTED): Title(
        "The document was compared: it names another organisation.",
        "经核对原始文书，该记录所涉并非申请人，异议成立。",
    ),
    (CaseKind.OBJECTION, Act.DECIDE, Outcome.REFUSED): Title(
        "The document names the applicant, with its own number.",
        "经核对，原始文书载明的名称和代码与申请人一致，异议不成立。",
    ),
    (CaseKind.REPAIR, Act.DECIDE, Outcome.GRANTED): Title(
        "The duty is performed, the shortest term of publicity is over, and the commitment is given.",
        "义务已经履行，已满最短公示期，并作出信用承诺，符合修复条件。",
    ),
    (CaseKind.REPAIR, Act.DECIDE, Outcome.REFUSED): Title(
        "The receipt covers a part of the fine.", "所附缴款凭证仅为部分罚款，义务尚未履行完毕。"
    ),
    (CaseKind.DELISTING, Act.DECIDE, Outcome.GRANTED): Title(
        "The documents show what the law asks for the end of the entry.",
        "所附材料证明已符合移出条件。",
    ),
    (CaseKind.DELISTING, Act.DECIDE, Outcome.REFUSED): Title(
        "A part of what is owed is still open.", "尚有部分款项未缴清，不符合移出条件。"
    ),
    (None, Act.SERVE_NOTICE, Outcome.NONE): Title(
        "Sent by post; the receipt is in the file.", "已邮寄送达，回执附卷。"
    ),
    (None, Act.SERVE_DECISION, Outcome.NONE): Title(
        "Sent by post; the receipt is in the file.", "已邮寄送达，回执附卷。"
    ),
    (None, Act.ACCEPT, Outcome.ACCEPTED): Title("The application is complete.", "申请材料齐全，予以受理。"),
    (None, Act.EXAMINE, Outcome.NONE): Title(
        "The documents were compared with the register.", "已将所附材料与登记信息核对。"
    ),
    (None, Act.MARK, Outcome.NONE): Title(
        "Marked in the register until it is decided.", "已在档案中标注异议，至作出决定为止。"
    ),
    (None, Act.FORWARD, Outcome.NONE): Title(
        "Sent to the authority that provided the record.", "已转送信息提供单位核实。"
    ),
    (None, Act.PUBLISH, Outcome.NONE): Title(
        "Published, and passed on to whoever was given the record.", "已公示，并推送至共享该信息的各方。"
    ),
    (None, Act.LIFT, Outcome.NONE): Title(
        "Taken out of the register; the measures end with it.", "已从档案移出，相应管理措施同时解除。"
    ),
    (None, Act.STATE, Outcome.NONE): Title(
        "The amount was paid before the decision. The receipt is with this statement.",
        "相关款项在决定作出前已经缴清，缴款凭证附后。",
    ),
    (None, Act.ASK_HEARING, Outcome.NONE): Title("The company asks to be heard.", "申请举行听证。"),
    (None, Act.HOLD_HEARING, Outcome.NONE): Title(
        "The company was heard, and repeated its statement.", "已举行听证，当事人重申其意见，笔录附卷。"
    ),
}


def reason_for(act: Act, outcome: Outcome, procedure: Procedure, grounds: tuple[GroundLine, ...]) -> str:
    """What an office writes for a step that nobody gave a reason for; what is weighed names its record."""
    weighs = procedure.kind is CaseKind.LISTING and (act, outcome) in (
        (Act.REVIEW, Outcome.GO_ON),
        (Act.DECIDE, Outcome.LISTED),
    )
    if weighs:
        return _weighed(act, procedure, grounds)
    said = _SAID.get((procedure.kind, act, outcome)) or _SAID.get((None, act, outcome))
    if said is None:
        raise ValueError(f"the demo knows no reason for {act} {outcome} in {procedure.path}")
    return with_code(both(said.zh, said.en), "put-right" if outcome is Outcome.NOT_LISTED else "")


def _weighed(act: Act, procedure: Procedure, grounds: tuple[GroundLine, ...]) -> str:
    """On which record a listing rests, what weighs, and what follows."""
    listing = procedure.listing.list_id.rpartition("/")[2] if procedure.listing else ""
    weighs = _WEIGHS.get(listing, _ELSE)
    taken_up = Title("The case is taken up.", "予以立案。")
    follows = taken_up if act is Act.REVIEW else Title("It is listed.", "决定列入。")
    zh = "".join(f"{one.document}（{one.what(Language.ZH)}）：" for one in grounds[:1])
    en = "".join(f"{one.document}, {one.what(Language.EN)}: " for one in grounds[:1])
    return both(f"{zh}{weighs.zh}{follows.zh}", f"{en}{weighs.en} {follows.en}")
