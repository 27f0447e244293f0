package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementRow.Booked;
import io.tenantry.billing.bank.statement.StatementRow.ReviewReason;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Finds properties of an incoming camt.053 entry that are not in the standard, or are not known to denote a customer's payment: it may not be
 * received money.
 */
final class CamtUnknowns {
    private static final Set<String> STATEMENT = Set.of(
            "Id",
            "StmtPgntn",
            "ElctrncSeqNb",
            "RptgSeq",
            "LglSeqNb",
            "CreDtTm",
            "FrToDt",
            "CpyDplctInd",
            "RptgSrc",
            "Acct",
            "RltdAcct",
            "Intrst",
            "Bal",
            "TxsSummry",
            "Ntry",
            "AddtlStmtInf");
    /** Without "Intrst", which interest has. */
    private static final Set<String> ENTRY = Set.of(
            "NtryRef",
            "Amt",
            "CdtDbtInd",
            "RvslInd",
            "Sts",
            "BookgDt",
            "ValDt",
            "AcctSvcrRef",
            "Avlbty",
            "BkTxCd",
            "ComssnWvrInd",
            "AddtlInfInd",
            "AmtDtls",
            "Chrgs",
            "TechInptChanl",
            "CardTx",
            "NtryDtls",
            "AddtlNtryInf");
    /** Without the elements of interest and securities. */
    private static final Set<String> PART = Set.of(
            "Refs",
            "Amt",
            "CdtDbtInd",
            "AmtDtls",
            "Avlbty",
            "BkTxCd",
            "Chrgs",
            "RltdPties",
            "RltdAgts",
            "LclInstrm",
            "PmtTpInf",
            "Purp",
            "RltdRmtInf",
            "RmtInf",
            "RltdDts",
            "Tax",
            "RtrInf",
            "CshDpst",
            "CardTx",
            "AddtlTxInf",
            "RvslInd");

    private static final Set<String> DETAILS = Set.of("Btch", "TxDtls");

    private static final Set<String> FAMILIES = Set.of(
            "RCDT", "RRCT", "MCRD", "CCRD", "CNTR", "RCHQ", "LBOX", "IDDT", "DRFT", "ICDT", "RDDT", "ICHQ", "IRCT");
    private static final Set<String> SUB_FAMILIES = Set.of(
            "", "ESCT", "DMCT", "XBCT", "STDO", "XBST", "AUTT", "BOOK", "VCOM", "SDVA", "PRCT", "ACDT", "ATXN", "ACCT",
            "CCHQ", "BCHQ", "CQCD", "CDPT", "BCDP", "PMDD", "ESDD", "BBDD", "OODD", "POSP", "POSC", "POSD", "NTAV",
            "OTHR", "RCDT", "RRCT", "TTLS", "CHKD", "URCQ", "XBCQ");

    private static final Set<String> FLAGS = Set.of("", "true", "false", "1", "0");
    /** Types of accounts on which customers' payments arrive: current, transacting, cash, and others. */
    private static final Set<String> ACCOUNT_TYPES = Set.of("CACC", "TRAN", "CASH", "OTHR");

    private static final Pattern CURRENT_ACCOUNT = Pattern.compile(
            "giro|kontokorrent|current|checking|courant|corrente|corriente|business|geschaft|zahlungsverkehr|transaction|payment");
    /** Messages for payments: between banks, orders of payers and payees, and the bank's own reports of them. */
    private static final Pattern MESSAGES = Pattern.compile(
            "(?:pacs\\.00[38]|pain\\.00[18]|camt\\.05[234])(?:\\..*)?|(?:fin\\.)?(?:MT)?(?:103|9[0-9]{2}).*");

    /** Banks' own types of amounts that say nothing against a payment: the amount between the banks, by the name in the standard. */
    private static final Set<String> AMOUNT_TYPES = Set.of("IBS");

    private static final Pattern TEST = Pattern.compile("(?:^|[^A-Z])TEST(?:[^A-Z]|$)");

    private CamtUnknowns() {}

    /** Returns a row of an entry, marked for review if it is incoming and has unknown properties. */
    static StatementRow checked(StatementRow row, Element entry, Element statement, LocalDate today) {
        return row instanceof Booked booked && booked.transaction().amount().signum() > 0
                ? of(entry, statement, today)
                        .<StatementRow>map(detail -> RunningBalance.review(booked, ReviewReason.ELEMENT, detail))
                        .orElse(row)
                : row;
    }

    private static Optional<String> of(Element entry, Element statement, LocalDate today) {
        var details = Elements.all(entry, "NtryDtls");
        var parts = Elements.all(entry, "NtryDtls", "TxDtls");
        return Stream.of(
                        test(statement),
                        other(List.of(statement), STATEMENT),
                        other(List.of(entry), ENTRY),
                        other(details, DETAILS),
                        other(parts, PART),
                        flag(entry),
                        account(statement),
                        channel(entry),
                        message(entry),
                        Stream.concat(Stream.of(entry), parts.stream())
                                .flatMap(each -> amountType(each).stream())
                                .findFirst(),
                        Stream.concat(Stream.of(entry), parts.stream())
                                .flatMap(each -> Stream.concat(later(each, today).stream(), code(each).stream()))
                                .findFirst())
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Banks mark messages of their test systems in the header. */
    private static Optional<String> test(Element statement) {
        return Stream.of(statement.getParentNode())
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .flatMap(message -> Elements.texts(message, "GrpHdr", "AddtlInf").stream())
                .filter(text -> TEST.matcher(text).find())
                .findFirst();
    }

    private static Optional<String> other(List<Element> parents, Set<String> known) {
        for (var parent : parents) {
            for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
                if (child instanceof Element element
                        && !(known.contains(element.getLocalName())
                                && Objects.equals(element.getNamespaceURI(), parent.getNamespaceURI()))) {
                    return Optional.of(element.getLocalName() + ": " + Elements.raw(element));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> flag(Element entry) {
        return Elements.all(entry, "RvslInd").stream()
                .map(element -> element.getTextContent().strip())
                .filter(text -> !FLAGS.contains(text))
                .map(text -> "RvslInd: " + text)
                .findFirst();
    }

    /** Money that is not available yet may be subject to collection. */
    private static Optional<String> later(Element part, LocalDate today) {
        return Stream.concat(
                        Elements.texts(part, "Avlbty", "Dt", "NbOfDays").stream()
                                .filter(days -> !days.matches("[+]?0+")),
                        Elements.texts(part, "Avlbty", "Dt", "ActlDt").stream()
                                .filter(day -> Dates.iso(day)
                                        .filter(date -> !date.isAfter(today))
                                        .isEmpty()))
                .map(when -> "Avlbty: " + when)
                .findFirst();
    }

    /** A statement may be for an account on which customers' payments do not arrive, such as a loan or an escrow account. */
    private static Optional<String> account(Element statement) {
        return Stream.concat(
                        Elements.texts(statement, "Acct", "Tp", "Cd").stream()
                                .filter(code -> !ACCOUNT_TYPES.contains(code)),
                        Elements.texts(statement, "Acct", "Tp", "Prtry").stream()
                                .filter(own -> !ACCOUNT_TYPES.contains(own)
                                        && !CURRENT_ACCOUNT
                                                .matcher(DoubtfulTerms.fold(own))
                                                .find()))
                .map(type -> "Acct: " + type)
                .findFirst();
    }

    private static Optional<String> channel(Element entry) {
        return Stream.concat(
                        Elements.texts(entry, "TechInptChanl", "Prtry").stream(),
                        Elements.texts(entry, "TechInptChanl", "Cd").stream())
                .filter(channel -> TEST.matcher(channel).find())
                .map(channel -> "TechInptChanl: " + channel)
                .findFirst();
    }

    /** The message that an entry refers to may be a return, a recall or a status report. */
    private static Optional<String> message(Element entry) {
        return Elements.texts(entry, "AddtlInfInd", "MsgNmId").stream()
                .filter(name -> !MESSAGES.matcher(name).matches())
                .map(name -> "AddtlInfInd: " + name)
                .findFirst();
    }

    /** An amount that is only announced, or of a bank's own type, may be the one that is certain, held or not final. */
    private static Optional<String> amountType(Element part) {
        return Elements.all(part, "AmtDtls").stream()
                .flatMap(details -> Stream.concat(
                        Elements.all(details, "AnncdPstngAmt").stream().map(announced -> "AnncdPstngAmt"),
                        Elements.all(details, "PrtryAmt").stream()
                                .map(own -> Elements.text(own, "Tp"))
                                .filter(type -> !AMOUNT_TYPES.contains(type))
                                .map(type -> "PrtryAmt: " + type)))
                .findFirst();
    }

    private static Optional<String> code(Element part) {
        for (var codes : Elements.all(part, "BkTxCd")) {
            var domain = Elements.text(codes, "Domn", "Cd");
            var family = Elements.text(codes, "Domn", "Fmly", "Cd");
            var subFamily = Elements.text(codes, "Domn", "Fmly", "SubFmlyCd");
            var own = Elements.text(codes, "Prtry", "Cd");
            var issuer = Elements.text(codes, "Prtry", "Issr");
            if (domain.isEmpty()) {
                if (!own.isEmpty() && !CamtCodes.isPayment(own, issuer)) {
                    return Optional.of(("BkTxCd: " + own + " " + issuer).strip());
                }
            } else if (!(domain.equals("PMNT") && FAMILIES.contains(family) && SUB_FAMILIES.contains(subFamily))) {
                return Optional.of("BkTxCd: " + String.join(" ", domain, family, subFamily));
            } else if (CamtCodes.isContradiction(own, issuer)) {
                return Optional.of(("BkTxCd: " + own + " " + issuer).strip());
            }
        }
        return Optional.empty();
    }
}
