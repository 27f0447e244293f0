package io.tenantry.billing.bank.statement;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;

/** Words and codes that banks use for returned payments, anywhere in a text. */
final class ReturnVocabulary {
    private static final Pattern COMES_BACK = Pattern.compile(
            "r(?:u|ue)ck(?:uberw|ueberw|lastschr|ls\\b|buchung|belast|gabe|lauf|laeuf|ruf|leitung|weisung|transakt|scheck)"
                    + "|\\br transa[kc]tion|\\breturn refund\\b|\\bretouren?(?:hulle|huelle)?\\b|\\bwiedergutschrift|\\bstorno\\w*|\\breversal\\b|\\bcharge ?backs?\\b"
                    + "|\\bpayment (?:reversal|refund|return|returned|reversed|rejected)\\b|\\b(?:transfer|credit) (?:returned|reversed|rejected)\\b"
                    + "|\\b(?:returned|rejected|reversed) (?:payment|transfer|credit|item|funds)\\b|\\breturn of (?:payment|transfer|funds)\\b"
                    + "|\\b(?:rejet|extourne|contrepassation|terugboeking|devolucion|retrocesion|riaccredito)\\b|\\bvirement (?:rejete|retourne)\\b");
    /** A payment method and a word for its return, in either order. */
    private static final Pattern CAME_BACK = Pattern.compile(
            eitherWay(
                            "direct debits?|dd|che(?:que|ck)s?|items?|ach|wires?|payments?|transfers?|credits?|debits?|funds|fp[io]|chaps|bacs|payouts?|refunds?",
                            "return(?:s|ed)?|recall(?:s|ed)?|unpaid|bounced|dishonou?red|reject(?:s|ed)?|failed|failures?|cancel|cancellation|disputed?")
                    + "|\\breturn(?:ed)? (?:of|by) |"
                    + eitherWay(
                            "\\w*uberweisung(?:en)?|\\w*ueberweisung(?:en)?|\\w*lastschrift(?:en)?|zahlung|gutschrift",
                            "retour|zur(?:u|ue)ck\\w*|nicht ausf(?:u|ue)hrbare?|r(?:u|ue)ckerstattung")
                    + "|\\bnichtausf(?:u|ue)hrung\\b|\\bretournier\\w*|\\bkonto erloschen\\b|\\bempf(?:a|ae)ngerkonto erloschen\\b|\\bfehl(?:buchung|uberweisung|ueberweisung)\\b"
                    + "|\\birrl(?:a|ae)ufer\\b|\\br(?:u|ue)ck[lb]\\b|\\brls\\b|\\br lastschrift\\b|\\berror correction\\b|\\bdisputes?\\b|"
                    + eitherWay(
                            "vir(?: sepa| inst)?|virements?(?: sepa)?|prlv|prelevements?|cheques?|operation|paiement",
                            "rejetee?s?|retournee?s?|impayee?s?|annul(?:ee?s?|ation)?|retour(?: de)?|annulation (?:de|d)")
                    + "|\\bdevuelt[oa]s?\\b|\\bimpagad[oa]s?\\b|\\bdev recibos?\\b|\\bestorno\\b|\\bdevolucao\\b"
                    + "|\\br(?:u|ue)ckgutschrift\\w*|\\bgegenbuchung\\w*|\\bwiderruf(?:en)?\\b|\\b(?:konto|account) (?:geschlossen|closed|aufgel(?:o|oe)st)\\b"
                    + "|\\bempf(?:a|ae)nger unbekannt\\b|\\bsent back\\b|\\brefund of (?:\\w+ )?(?:payment|transfer)\\b"
                    + "|\\bremb(?:oursement)? (?:de |du )?vir(?:ement)?\\b|\\b(?:tilbage|tilbake)betaling\\b|\\baterbetalning\\b|\\bretur(?:nert|neret|nerad)\\b|\\bpalautus\\b"
                    + "|\\brespint[oa]\\b|\\binsolut[oi]\\b|\\bstornat[oa]\\b|\\brestituit[oa]\\b"
                    + "|\\b(?:wird|wurde|geht|ging) zur(?:u|ue)ck\\w*|\\b(?:goes|went|going|gone) back\\b"
                    + "|\\b(?:upi|neft|rtgs|imps|ach|nach|eft|trf) (?:rev|ret|rtn)\\b"
                    + "|\\bstornering\\b|\\bgestorneerde?\\b|\\bteruggestorte?\\b|\\bteruggeboekte?\\b|"
                    + eitherWay("overboeking|betaling|incasso", "retour|geweigerde?|teruggedraaide?")
                    + "|\\bzwrot (?:przelewu|srodkow|platnosci)\\b"
                    + "|\\b(?:refund|refunds|refunded|revoked|recalled|reimbursement|charged back)\\b|\\bdisputed (?:by|payment|charge)\\b"
                    + "|\\br(?:u|ue)ckerstattung\\w*|\\br(?:u|ue)ckg(?:a|ae)ngig\\b|\\bzur(?:u|ue)ck(?:gezogen|gebucht|gegeben|gerufen|erstattet|(?:u|ue)berwiesen)\\b"
                    + "|\\brembours(?:ement|ee?)\\b|\\breembols(?:o|ado|ada)\\b|\\brimbors(?:o|ato|ata)\\b|\\bterugbeta(?:ling|ald)\\b|\\brevocad[oa]\\b|\\brevoquee?\\b|\\bvratka\\b|\\bvracena platba\\b|\\btilba[gk]ef[\u00f8o]rt\\b");
    /** SEPA reason codes for returns, some of which are words; those count only together with a word for a return. */
    private static final Pattern REASON = Pattern.compile(
            "\\b(?:ac0\\d|ac1\\d|ag0\\d|ag1\\d|am0\\d|am10|be0\\d|be1\\d|md0\\d|ms0[23]|rc0\\d|rc1\\d|rr0\\d|ff0\\d|sl0\\d|ed0\\d|tm01|cnor|dnor|focr|frad|noas|noor|ardt|erin|svnr|upay|dupl)\\b");

    private static final Pattern RETURN = Pattern.compile(
            "\\b(?:return|refund|retour|reject|recall|rejet|motif|devol|reason|grund|revers)|\\brjct\\b|\\bruck|\\brueck");
    /** ISO 20022 sub-family codes for returns and reversals. */
    private static final Set<String> SUB_FAMILIES =
            Set.of("RRTN", "RPCR", "RRCT", "ARET", "AREV", "UPCT", "UPDD", "PRDD", "RPBC", "NPCC", "UPCQ", "CQRV");
    /** ISO 20022 family codes for outgoing transactions; an incoming entry with one of them is a return. */
    private static final Set<String> OUTGOING_FAMILIES = Set.of("ICDT", "IRCT", "ICHQ", "RDDT");
    /** Codes used by German banks for returned transfers and debits, as in "NRTI+159+00931". */
    private static final Pattern GERMAN = Pattern.compile("(?:[^+]*\\+)?(?:108|109|159|18[1-4])(?:\\+.*)?|NRTI.*");

    private static final Pattern CODE_WORD = Pattern.compile(
            "retour\\w*|returns?|returned|revers\\w*|storno\\w*|refund\\w*|reject\\w*|chargeback|ruck\\w*|rueck\\w*|rejet|rtrn|rtn|rvsl");

    private ReturnVocabulary() {}

    /** Whether text states anywhere that a payment is returned. */
    static boolean says(String text) {
        var folded = DoubtfulTerms.fold(text);
        return COMES_BACK.matcher(folded).find()
                || CAME_BACK.matcher(folded).find()
                || ReturnAbbreviations.says(folded)
                || (REASON.matcher(folded).find() && RETURN.matcher(folded).find());
    }

    private static String eitherWay(String what, String happened) {
        return "\\b(?:(?:" + what + ") (?:" + happened + ")|(?:" + happened + ") (?:" + what + "))\\b";
    }

    /** Whether the family and sub-family of an incoming transaction are those of a return. */
    static boolean isReturn(String family, String subFamily) {
        return SUB_FAMILIES.contains(subFamily) || OUTGOING_FAMILIES.contains(family);
    }

    /** Whether a bank-specific code denotes a return, or is a word for one. */
    static boolean isReturn(String code) {
        return GERMAN.matcher(code).matches()
                || Arrays.stream(DoubtfulTerms.fold(code).split(" ", -1))
                        .anyMatch(word -> CODE_WORD.matcher(word).matches());
    }
}
