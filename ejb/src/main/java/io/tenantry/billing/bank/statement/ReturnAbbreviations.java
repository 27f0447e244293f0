package io.tenantry.billing.bank.statement;

import java.util.Set;
import java.util.regex.Pattern;

/** Banks' abbreviations for returned payments, and words for them in further languages. */
final class ReturnAbbreviations {
    private static final String BACK = "rtn|rtd|retd|ret|rev|revd|revsl|rvsl|rej|rejd|retn|retrn";
    private static final String PAYMENT =
            "ach|wire|wires|pymt|pmt|payt|payment|tfr|trf|trfr|transfer|xfer|item|items|fpo|fpi|fp|dd|chq|chk|check|cheque|cr|credit|bacs|chaps|sepa|eft|debit|deposit|dep";
    private static final Pattern ENGLISH =
            Pattern.compile("\\b(?:(?:" + BACK + ") (?:" + PAYMENT + ")|(?:" + PAYMENT + ") (?:" + BACK
                    + ")|rvsl|revsl|ddica(?: claim)?|indemnity claim|re ?credit(?:ed)?|funds reinstated|credited back|sent back|claw ?back|recall request|"
                    + "no such account|invalid account|not delivered|unable to (?:credit|apply|deliver))\\b");
    private static final Pattern FRENCH = Pattern.compile(
            "\\b(?:(?:rej|ret|regul|annul|contrep|remb)(?: de)? (?:vir|virt|virement|prlv|prelevement|chq|cheque|sepa)\\w*|"
                    + "(?:vir|virt|virement|paiement|operation)\\w*(?: sepa)?(?: inst\\w*)? (?:rej|ret|annul|non (?:exec\\w*|abouti\\w*|effectue\\w*|credite\\w*))|"
                    + "compte (?:cloture|clos|inexistant)|beneficiaire inconnu|retrocession)\\b");
    private static final Pattern IBERIAN = Pattern.compile(
            "\\b(?:(?:dev|devol|anul|retroc|rech|rechazo)(?: de)? (?:transf\\w*|trf|tr|recibo\\w*|pago\\w*|abono\\w*|sepa)|"
                    + "(?:transf\\w*|trf|pago|abono|bizum) (?:dev|devuelt[oa]|devol\\w*|anul|anulad[oa]|anulacion|rech|rechazad[oa]|no (?:realizad[oa]|ejecutad[oa]|abonad[oa]))|devolvid[oa]s?|estornad[oa]s?|estornos?|extorn\\w*|reintegrad[oa]s?|retrocedid[oa]s?|(?:cuenta|conta) (?:cancelada|cerrada|inexistente|encerrada))\\b");
    private static final Pattern ITALIAN = Pattern.compile(
            "\\b(?:(?:riaccr|riaccred|riaccredito|storn|stor|retroc|ritorno|rimb|rit)(?: di)? (?:bonif\\w*|bon|addeb\\w*|pagam\\w*|sepa|sdd|disp\\w*)|"
                    + "(?:bon|bonif|bonifico|pagamento|disposizione)\\w*(?: sepa)? (?:stor\\w*|resp\\w*|non (?:eseguit[oa]|andat[oa]\\w*|accreditat[oa]|riuscit[oa]))|"
                    + "riaccr(?:ed\\w*)?|conto (?:estinto|inesistente|chiuso))\\b");
    private static final Pattern DUTCH = Pattern.compile(
            "\\b(?:restituties?|terugstorting(?:en)?|terug ?gestort|teruggeboekt\\w*|niet uitgevoerde?(?: (?:overboeking|betaling|opdracht))?|terug ?ontvangen|niet bestaande rekening|teruggave|retourbetaling|retour overb\\w*|"
                    + "(?:overb|overboeking|betaling) (?:terug|retour)|rekening (?:opgeheven|bestaat niet|onbekend))\\b");
    private static final Pattern GERMAN = Pattern.compile(
            "\\b(?:r(?:u|ue)ck(?:gel(?:eitet\\w*)?|geb(?:ucht\\w*)?|gef(?:u|ue)hrt\\w*|gewiesen\\w*|gez(?:ahlt\\w*)?|(?:u|ue)berw\\w*|gutschr\\w*|zahlg?|zlg|z|f(?:u|ue)hrung|verg(?:u|ue)tung|fluss|erst|ueberw\\w*|uberw\\w*)|r(?:u|ue) (?:u|ue)berw\\w*|wiedergutschr\\w*|"
                    + "(?:u|ue)berw(?:eisung)? (?:nicht ausf\\w*|ret|retour|unzust\\w*|n ausf\\w*|zur\\w*)|(?:ret|retour) (?:sepa )?(?:u|ue)berw\\w*|nicht ausf(?:u|ue)?h?r?b?\\w*|"
                    + "(?:empf|empfanger|empfaenger)\\w*(?:kto|konto)? (?:erloschen|unbek\\w*|geschl\\w*)|kto (?:erloschen|geschl\\w*|aufgel\\w*)|korr ?buchung|korr buchg|"
                    + "(?:konnte|kann) nicht (?:zugestellt|ausgefuhrt|ausgefuehrt|gutgeschrieben) werden|falsch(?:u|ue)berweisung|doppelzahlung zur(?:u|ue)ck|zur(?:u|ue)ck an absender)\\b");
    private static final Pattern POLISH_AND_CZECH = Pattern.compile(
            "\\b(?:zwrot(?:y|u)?|zwrocon[aye]\\w*|niezrealizowan\\w*|anulowani[ea]|anulacja|cofniet\\w*|korekta przelewu|odrzucen\\w*|vracen[iaoy]\\w*|vratk[ay])\\b");
    private static final Pattern NORDIC = Pattern.compile(
            "\\b(?:aterbet\\w*|atersand\\w*|makuler\\w*|reverser\\w*|retur(?: betalning| betaling| overforing)?|tilbagef\\w*|tilbakef\\w*|tilbagebetal\\w*|tilbakebetal\\w*|palautet\\w*|"
                    + "palautu\\w*|hyvityspalautus)\\b");
    private static final Pattern OTHERS = Pattern.compile(
            "\\b(?:visszautal\\w*|sztorno\\w*|povrat\\w*|vraceno|rambursar\\w*|restituire|grazinim\\w*|atmaksa|tagasimakse|iade)\\b|\u03b5\u03c0\u03b9\u03c3\u03c4\u03c1\u03bf\u03c6|\u0432\u043e\u0437\u0432\u0440\u0430\u0442|\u8fd4\u91d1|\u7d44\u623b|\u9000\u6b3e");

    /** Words in scripts without blanks between words, or with endings that vary. */
    private static final Set<String> STEMS = DoubtfulTerms.words(
            "\ud658\ubd88,\ubc18\ud658,\ucde8\uc18c,\uc1a1\uae08\ubc18\ub824,\u8fd4\u9084,\u8fd4\u623b,\u6255\u623b,\u6255\u3044\u623b\u3057,\u8fd4\u8fd8,\u9000\u6b3e,\u9000\u6c47,\u9000\u56de,\u9000\u7968,\u51b2\u6b63,\u6c96\u6b63,\u51b2\u9500,\u64a4\u9500,\u53d6\u6d88,\u0e04\u0e37\u0e19\u0e40\u0e07\u0e34\u0e19,\u0e22\u0e01\u0e40\u0e25\u0e34\u0e01,\u0432\u043e\u0437\u043c\u0435\u0449\u0435\u043d,\u0441\u0442\u043e\u0440\u043d,\u043e\u0442\u043c\u0435\u043d\u0430 \u043f\u043b\u0430\u0442\u0435\u0436\u0430,\u043f\u043e\u0432\u0435\u0440\u043d\u0435\u043d\u043d\u044f,\u0441\u043a\u0430\u0441\u043e\u0432\u0430\u043d,\u043f\u043e\u0432\u0440\u0430\u0442,\u03b1\u03bd\u03c4\u03b9\u03bb\u03bf\u03b3\u03b9\u03c3\u03bc,\u03b1\u03ba\u03c5\u03c1\u03c9\u03c3,\u03b1\u03bd\u03b1\u03c3\u03c4\u03c1\u03bf\u03c6,\u0627\u0633\u062a\u0631\u062f\u0627\u062f,\u0627\u0631\u062c\u0627\u0639,\u05d4\u05d7\u05d6\u05e8,\u05d1\u05d9\u05d8\u05d5\u05dc");

    private static final Pattern REPAYMENT = Pattern.compile(
            "\\b(?:\\w*r(?:u|ue)ckz(?:a|ae)?hl(?:un)?g(?:en)?|\\w*(?<!steuer)(?<!st )erstattung(?:en)?(?! (?:\\w*steuer|ust|kst|est|gewst|vst)\\b)|erstattete?[rns]?)\\b");

    private static final Pattern LATIN_STEMS = Pattern.compile(
            "\\b(?:hoan tien|ters kayit|iptal|iade edil\\w*|stornir\\w*|storner\\w*|storna|refundacj\\w*|refundaci\\w*|refusjon|refusion|hyvitys|reembols\\w*|rimbors\\w*|rambours\\w*|"
                    + "erstattes|erstattet belob|restitu(?:cion|cao|ition|zione))\\b");

    private static final int ASCII = 128;

    private ReturnAbbreviations() {}

    /** Whether folded text describes incoming money as a repayment; for outgoing money that is the normal meaning. */
    static boolean isRepayment(String folded) {
        return REPAYMENT.matcher(folded).find();
    }

    /** Whether folded text states that a payment is returned. */
    static boolean says(String folded) {
        return ENGLISH.matcher(folded).find()
                || FRENCH.matcher(folded).find()
                || IBERIAN.matcher(folded).find()
                || ITALIAN.matcher(folded).find()
                || DUTCH.matcher(folded).find()
                || GERMAN.matcher(folded).find()
                || POLISH_AND_CZECH.matcher(folded).find()
                || NORDIC.matcher(folded).find()
                || OTHERS.matcher(folded).find()
                || (folded.chars().anyMatch(sign -> sign >= ASCII)
                        && STEMS.stream().anyMatch(folded::contains))
                || LATIN_STEMS.matcher(folded).find();
    }
}
