package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementRow.ReviewReason;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/** Reasons to review an incoming entry: it may be a return, a movement between own accounts, or not booked yet. */
final class CamtDoubts {
    /** Elements that may occur once in an entry and determine what was booked. */
    private static final List<String> SINGLE = List.of("Amt", "CdtDbtInd", "Sts", "RvslInd", "BookgDt");
    /** ISO 20022 domains of foreign exchange and of cash management, such as sweeps between own accounts. */
    private static final Set<String> INTERNAL_DOMAINS = Set.of("FORX", "CAMT");
    /**
     * ISO 20022 purposes and categories of purposes for which customers pay a supplier. Any other, such as loans, salaries, dividends, taxes, sweeps
     * and payments within a group, is no payment by a customer.
     */
    private static final Set<String> PURPOSES = Set.of(
            "CBTV", "CCHD", "CCRD", "COMC", "DBTC", "DCRD", "ECPG", "ECPR", "ECPU", "EPAY", "GDDS", "GDSV", "GSCB",
            "IDCP", "INSM", "IVPT", "LICF", "MP2B", "MP2P", "MSVC", "MTUP", "NOWS", "NWCH", "NWCM", "OTHR", "PADD",
            "PHON", "RCPT", "ROYA", "SCVE", "SERV", "SUBS", "SUPP", "TBIL", "TELI", "TRAD", "UBIL", "WEBI");

    /** Codes of the standard for other purposes, where a bank writes them as its own. */
    private static final Set<String> OWN_CODES = Set.of(
            "LOAN", "LOAR", "SALA", "DIVI", "INTE", "TAXR", "VATX", "SWEP", "CASH", "INTC", "ACCT", "TREA", "FREX");

    /** A reference of a payment, which says nothing about its purpose. */
    private static final Pattern REFERENCE = Pattern.compile("RF[0-9]{2}[0-9 ]*");

    private static final List<String[]> PURPOSE_CODES = List.of(
            new String[] {"Purp", "Cd"}, new String[] {"PmtTpInf", "CtgyPurp", "Cd"}, new String[] {"CtgyPurp", "Cd"});

    private static final List<String[]> OWN_PURPOSES =
            List.of(new String[] {"Purp", "Prtry"}, new String[] {"PmtTpInf", "CtgyPurp", "Prtry"}, new String[] {
                "CtgyPurp", "Prtry"
            });

    /** The most serious reason comes first. */
    private static final List<ReviewReason> ORDER =
            List.of(ReviewReason.REVERSAL, ReviewReason.STATUS, ReviewReason.INTERNAL);

    private CamtDoubts() {}

    /** Returns the first such element that occurs more than once. */
    static Optional<String> repeated(Element entry) {
        return SINGLE.stream()
                .filter(name -> Elements.all(entry, name).size() > 1)
                .findFirst();
    }

    /**
     * Returns the reason to review an incoming entry, if there is one.
     *
     * @param part the entry, or one of its transactions
     * @param account the account that the statement is for
     * @param iban the payer's
     */
    static Optional<ReviewReason> of(Element entry, Element part, String account, String iban, String purpose) {
        if (isReturn(entry, part)) {
            return Optional.of(ReviewReason.REVERSAL);
        }
        var said = Stream.concat(
                        Stream.of(TextDoubts.of(purpose)),
                        texts(entry, part)
                                .map(text -> purpose.contains(text) ? TextDoubts.ofStart(text) : TextDoubts.of(text)))
                .flatMap(Optional::stream)
                .min(Comparator.comparingInt(ORDER::indexOf))
                .or(() -> PartyDoubts.of(CamtTexts.payer(part, true)));
        if (said.isPresent()) {
            return said;
        }
        return isInternal(part) || isOfOtherDomain(entry, part) || iban.equals(account)
                ? Optional.of(ReviewReason.INTERNAL)
                : Optional.empty();
    }

    /** Returns the texts written by the payer and the bank, and what they write instead of codes of the standard. */
    private static Stream<String> texts(Element entry, Element part) {
        return Stream.of(
                        Elements.texts(part, "RmtInf", "Ustrd"),
                        Elements.texts(part, "RmtInf", "Strd", "AddtlRmtInf"),
                        Elements.texts(part, "AddtlTxInf"),
                        Elements.texts(entry, "AddtlNtryInf"),
                        Elements.texts(entry, "BkTxCd", "Prtry", "Cd"),
                        Elements.allTextsOf(part, "Prtry"))
                .flatMap(List::stream);
    }

    private static boolean isInternal(Element part) {
        return PURPOSE_CODES.stream()
                        .flatMap(names -> Elements.texts(part, names).stream())
                        .anyMatch(code -> !PURPOSES.contains(code))
                || OWN_PURPOSES.stream()
                        .flatMap(names -> Elements.texts(part, names).stream())
                        .anyMatch(own -> !PURPOSES.contains(own)
                                && !REFERENCE.matcher(own).matches());
    }

    private static boolean isOfOtherDomain(Element entry, Element part) {
        return Stream.of(part, entry)
                .anyMatch(each -> INTERNAL_DOMAINS.contains(Elements.text(each, "BkTxCd", "Domn", "Cd"))
                        || OWN_CODES.contains(Elements.text(each, "BkTxCd", "Prtry", "Cd")));
    }

    private static boolean isReturn(Element entry, Element part) {
        return Elements.has(part, "RtrInf")
                || Stream.of(part, entry)
                        .anyMatch(each -> Elements.text(each, "RvslInd").matches("true|1")
                                || Elements.all(each, "BkTxCd").stream().anyMatch(CamtDoubts::isReturnCode));
    }

    private static boolean isReturnCode(Element codes) {
        var family = Elements.text(codes, "Domn", "Fmly", "Cd");
        var subFamily = Elements.text(codes, "Domn", "Fmly", "SubFmlyCd");
        return ReturnVocabulary.isReturn(family, subFamily)
                || ReturnVocabulary.isReturn(Elements.text(codes, "Prtry", "Cd"));
    }
}
