"""What each act of a procedure is called, and who does it, where a pack does not say otherwise."""

from __future__ import annotations

from types import MappingProxyType

from goodstanding.catalogue.model import Title
from goodstanding.catalogue.procedure import Act, Party

TITLES = MappingProxyType(
    {
        Act.PROPOSE: Title("The rulebook proposes a candidate", "规则提出拟列入对象"),
        Act.APPLY: Title("The organisation applies", "提出申请"),
        Act.MARK: Title("Mark the record as disputed", "标注异议"),
        Act.REVIEW: Title("An official reviews it", "工作人员审查"),
        Act.ACCEPT: Title("Accept or reject the application", "受理或者不予受理"),
        Act.FORWARD: Title("Forward it to the authority that provided the record", "转送信息提供单位"),
        Act.NOTIFY: Title("Draw up the prior notice", "制作事先告知书"),
        Act.SERVE_NOTICE: Title("Serve the prior notice", "送达事先告知书"),
        Act.STATE: Title("The organisation states its views", "陈述、申辩"),
        Act.ASK_HEARING: Title("The organisation asks for a hearing", "申请听证"),
        Act.HOLD_HEARING: Title("Hold the hearing", "举行听证"),
        Act.MEET: Title("Meet the organisation", "约谈"),
        Act.TRAIN: Title("Training", "信用修复培训"),
        Act.EXAMINE: Title("Examine the evidence", "核实"),
        Act.DECIDE: Title("Decide in writing, with reasons", "作出书面决定并说明理由"),
        Act.CONFIRM: Title("The authority above confirms", "报上级机关同意"),
        Act.SERVE_DECISION: Title("Serve the decision", "送达决定书"),
        Act.PUBLISH: Title("Publish", "公示"),
        Act.LIFT: Title("Remove it everywhere and lift the measures", "移出并解除管理措施"),
        Act.KEEP: Title("Establish whether the promise was kept", "核查承诺履行情况"),
        Act.FOLLOW: Title("Decide what follows from the broken promise", "就未履行承诺作出处理"),
    }
)
"""The title of a stage that states none."""

PARTIES = MappingProxyType(
    {
        Act.PROPOSE: Party.MACHINE,
        Act.APPLY: Party.SUBJECT,
        Act.STATE: Party.SUBJECT,
        Act.ASK_HEARING: Party.SUBJECT,
        Act.TRAIN: Party.SUBJECT,
        Act.CONFIRM: Party.SUPERIOR,
    }
)
"""Who acts in a stage that does not say it; an official in all others."""
