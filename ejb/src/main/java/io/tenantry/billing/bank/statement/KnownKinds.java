package io.tenantry.billing.bank.statement;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;

/** Kinds of transactions by which customers pay, as named in columns of kinds; any other kind is not known to be received money. */
final class KnownKinds {
    /** Categories are assigned by account holders, not banks; Spanish banks write the other party into "Movimiento". */
    private static final Pattern CATEGORY = Pattern.compile("\\b(?:sub)?(?:categor\\w*|kategorien?|movimiento)\\b");

    /** Words for payments that may be incoming. */
    private static final Pattern PAYMENT = Pattern.compile(
            "payments?|transfers?|transf|xfer|etransfer|credits?|credited|deposits?|receipts?|received|incoming|income|inbound|inflow|remittance|donations?|charge|sales?|"
                    + "ach|wires?|sepa|sct|bacs?|bgc|bgi|chaps|fpi?|giro|tfr|trf|che(?:que|ck)s?|cash|zelle|pix|upi|neft|rtgs|imps|eft|interac|topup|top|"
                    + "ideal|giropay|sofort|bancontact|klarna|swish|vipps|mobilepay|bizum|twint|blik|presentment|"
                    + "(?:zahlungs|geld|uberweisungs|ueberweisungs|scheck|bar|konto)?eingange?|"
                    + "(?:uberweisungs|ueberweisungs|dauerauftrags|echtzeit|lohn|gehalts|sammel|eil|scheck|sepa|zahlungs|uberw|ueberw|einzel|karten)?gutschr(?:ift|iften)?|gut|"
                    + "(?:sepa|eil|echtzeit|online|sammel|auslands|inlands|dauer|einzel)?(?:uberweisung|ueberweisung)(?:en)?|ueberw|uberw|"
                    + "(?:bar|ein|sammel|online|eil|auslands|inlands|karten|kunden|rechnungs|sofort|echtzeit|bareinz|mietein)?zahlung(?:en)?|"
                    + "dauerauftrag|dauerauftr|(?:bar|betriebs|miet)?einnahmen?|lohn|gehalt|scheck|"
                    + "virements?|vir|versements?|remises?|encaissements?|especes|paiements?|"
                    + "bonific[io]|accredit[io]|giroconto|versamento|entrat[ae]|pagament[oi]|"
                    + "transferencias?|transf|ingresos?|abonos?|pagos?|"
                    + "overboeking(?:en)?|overschrijving(?:en)?|storting(?:en)?|bij|bijschrijving(?:en)?|ontvangst(?:en)?|betalingen|betaling|acceptgiro|tikkie|bankieren|"
                    + "indbetaling|innbetaling|insattning|overforing|overforsel|bankgiro|plusgiro|tilisiirto|pano|"
                    + "przelew|wplata|platba|prevod|prijem|uhrada|kredit|viitesiirto|atutalas|jovairas|befizetes|deposito|incasare|incasari|depunere|trf|indsaettelse|havale|"
                    + "\u03b5\u03bc\u03b2\u03b1\u03c3\u03bc\u03b1|\u03bc\u03b5\u03c4\u03b1\u03c6\u03bf\u03c1\u03b1|\u03ba\u03b1\u03c4\u03b1\u03b8\u03b5\u03c3\u03b7|\u03c0\u03b9\u03c3\u03c4\u03c9\u03c3\u03b7");

    /** Additional words that do not change the meaning of the former. */
    private static final Pattern BESIDE = Pattern.compile(
            "counter|(?:folge|erst|basis|einmal|firmen|sepa|einzel)?lastschr(?:ift|iften)?|prelevements?|prlv|incass[io]|incasso|recibos?|adeudos?|website|web|mobile|express|checkout|mass|subscription|recurring|standing|direct|debits?|dd|instant|inst|sct|euro|eur|international|domestic|"
                    + "foreign|from|to|by|via|of|customer|customers|bank|banking|internet|online|third|party|person|business|automatic|automated|faster|bill|e|up|swift|"
                    + "card|visa|mastercard|us|account|money|added|other|single|"
                    + "von|fur|fuer|per|aus|an|der|die|des|und|einzel|eil|inland|ausland|sammler|echtzeit|bar|karte|kartenumsatz|belastung|ubertrag|uebertrag|"
                    + "de|du|en|votre|faveur|emis|emise|recu|recus|recue|recues|instantane|permanent|carte|cb|d|un|tiers|"
                    + "su|favor|recibidas?|a|vostro|favore|ricevut[oi]|istantaneo|uscita|"
                    + "ontvangen|eigen|naar|bankgironummer|recebid[ao]s?|przychodzacy|wychodzacy|prichozi|bezhotovostni|odchozi|tuzemska|okamzita|inkommande|ingaende|indgaende|innkommende|zewnetrzny|krajowy|ekspresowy|natychmiastowy|na|rachunek|konto|przez|"
                    + "europese|in|naar|domiciliering|disposto|op|intra|inter|z|do|uctu|ucet|azonnali|bejovo|[0-9]{1,4}");

    /**
     * Codes of banks for incoming transfers, beside the German ones of three digits: the first of these without their zero, those of banks in
     * the Netherlands, and that of payment orders in the Baltic countries.
     */
    private static final Set<String> CODES = DoubtfulTerms.words("51,52,gt,ov,vz,st,id,ba,cb,bg,tb,sb,ac,ob,cr,c,mk");

    /** Text columns in which banks write the kind. */
    private static final Set<String> TEXTS = DoubtfulTerms.words(
            "causale,posting text,kind of entry,buchungstext,buchungs text,booking text,transaktionstext,umsatztext,entry text");

    private KnownKinds() {}

    /** Whether a text column is one in which banks write the kind. */
    static boolean isText(HeaderName name) {
        return TEXTS.contains(name.whole());
    }

    /** Whether a column contains kinds of transactions, rather than categories that people choose. */
    static boolean isNamed(HeaderName name) {
        return ColumnNames.isTextCode(name)
                || (TypeVocabulary.isType(name)
                        && !CATEGORY.matcher(name.whole()).find());
    }

    /** Whether customers pay by this kind: it consists only of known words, and one of them denotes a payment. */
    static boolean isPayment(String cell) {
        var folded = DoubtfulTerms.fold(cell);
        return CODES.contains(folded)
                || CamtCodes.isGermanPayment(folded)
                || TypeVocabulary.isIncoming(folded)
                || TypeVocabulary.isEitherWay(folded)
                || StatusVocabulary.isBooked(folded)
                || isOfKnownWords(folded.split(" ", -1));
    }

    private static boolean isOfKnownWords(String[] words) {
        return Arrays.stream(words).anyMatch(word -> PAYMENT.matcher(word).matches())
                && Arrays.stream(words)
                        .allMatch(word -> PAYMENT.matcher(word).matches()
                                || BESIDE.matcher(word).matches());
    }
}
