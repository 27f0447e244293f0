package io.tenantry.bank.statement;

import java.util.Set;
import java.util.regex.Pattern;

/** Kinds of transactions by which customers pay, as columns of kinds name them; any other kind is not known to be money received. */
final class KnownKinds {
    /** Categories are given by those who read their statements; Spanish banks write the other party into "Movimiento". */
    private static final Pattern CATEGORY = Pattern.compile("\\b(?:sub)?(?:categor\\w*|kategorien?|movimiento)\\b");

    private static final Pattern PAYMENT = Pattern.compile("\\b(?:"
            + "payments?|transfers?|transf|xfer|credits?|credited|deposits?|receipts?|received|incoming|income|inbound|inflow|money|in|lodgement|sales?|orders?|charge|"
            + "invoices?|donations?|subscriptions?|remittance|presentment|charged|"
            + "ach|wire|wires|sepa|sct|inst|instant|bacs?|bgc|bgi|chaps|fpi?|faster|giro|swift|tfr|trf|che(?:que|ck)s?|cash|zelle|pix|upi|neft|rtgs|imps|eft|interac|"
            + "top ?up|topped up|card|visa|mastercard|online|internet|"
            + "ideal|giropay|sofort|bancontact|klarna|sepa debit|direct debits?|us bank account|"
            + "\\w*eingange?|\\w*gutschr\\w*|gut|\\w*uberw\\w*|\\w*ueberw\\w*|\\w*zahlung(?:en)?|dauerauftr\\w*|\\w*einnahmen?|lohn|gehalt|bar|scheck\\w*|karte|kartenumsatz|"
            + "echtzeit\\w*|sammler|lastschr\\w*|einzug|"
            + "virements?|vir|versements?|remises?|encaissements?|recu|cb|especes|paiements?|prelevements?|prlv|"
            + "bonific[io]|accredit[io]|giroconto|incass[oi]|versamento|entrat[ae]|pagament[oi]|"
            + "transferencias?|ingresos?|abonos?|haber|pagos?|recibidas?|traspaso|recibos?|adeudos?|"
            + "overboeking(?:en)?|overschrijving(?:en)?|stort\\w*|bij|bijschrijving\\w*|ontvang\\w*|betalingen|betaling|acceptgiro|tikkie|bankieren|incasso|"
            + "indbetaling|innbetaling|insattning|overforing|overforsel|bankgiro|plusgiro|swish|vipps|mobilepay|tilisiirto|pano|"
            + "przelew\\w*|wplata|platba|prevod|prichozi|atutalas|transferencia|deposito|recebid[ao]|incasare|havale|eft"
            + ")\\b");

    /** Codes of banks for transfers that came in: German business transaction codes, and those of banks in the Netherlands. */
    private static final Set<String> CODES = Wording.words(
            "051,052,054,056,058,070,071,072,073,082,083,152,153,154,156,157,165,166,167,168,169,171,174,192,194,196,198,201,202,206,51,52,54,gt,ov,vz,st,id,ba,cb,bg,tb,sb,ac,ob,cr,c");

    private KnownKinds() {}

    /** Whether a code is that of a transfer that came in. */
    static boolean isCode(String code) {
        return CODES.contains(code);
    }

    /** Whether a column has kinds of transactions, rather than categories that people choose. */
    static boolean isNamed(HeaderName name) {
        return TypeVocabulary.isType(name) && !CATEGORY.matcher(name.whole()).find();
    }

    /** Whether a kind is one by which customers pay, or whether the cell is no kind but says which transaction it is. */
    static boolean isPayment(String cell) {
        var folded = Wording.fold(cell);
        return PAYMENT.matcher(folded).find()
                || CODES.contains(folded)
                || TypeVocabulary.isIncoming(folded)
                || TypeVocabulary.isEitherWay(folded)
                || StatusVocabulary.isBooked(folded);
    }
}
