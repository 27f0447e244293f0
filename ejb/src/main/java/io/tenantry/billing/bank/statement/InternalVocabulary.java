package io.tenantry.billing.bank.statement;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Words for movements that are not customers' payments: between the reseller's accounts, such as a currency exchange, loans and corrections.
 */
final class InternalVocabulary {
    private static final Set<String> KINDS = DoubtfulTerms.words(
            "exchange,exchanges,currency exchange,fx,fx exchange,forex,conversion,currency conversion,general currency conversion,user initiated currency conversion,converted,"
                    + "internal,internal transfer,own transfer,own account transfer,between own accounts,transfer between own accounts,transfer between accounts,"
                    + "transfer between your accounts,account transfer,acct xfer,inter account transfer,balance transfer,pocket,vault,pocket transfer,pocket withdrawal,pocket deposit,"
                    + "vault transfer,vault withdrawal,savings transfer,pot transfer,transfer from savings,umbuchung,interne umbuchung,umbuchung eigene konten,eigenübertrag,übertrag eigene konten,währungstausch,"
                    + "währungsumrechnung,devisentausch,virement interne,virement entre comptes,virement compte à compte,change de devises,interne overboeking,"
                    + "eigen overboeking,traspaso,traspaso interno,traspaso entre cuentas,cambio de divisa,giroconto,trasferimento interno,cambio valuta,"
                    + "loan,loans,loan disbursement,loan payout,loan proceeds,loan advance,loan drawdown,business loan,cash advance,capital advance,drawdown,"
                    + "darlehen,darlehensauszahlung,auszahlung darlehen,kreditauszahlung,prêt,déblocage de prêt,déblocage prêt,préstamo,disposición de préstamo,"
                    + "erogazione prestito,lening,adjustment,adjustments,balance adjustment,correction,corrections,korrektur,ajuste,ajustement,rettifica,correctie");
    private static final Pattern STARTS = Pattern.compile(
            "(?:exchanged|converted) (?:to |from |[0-9 ]*[a-z]{3}\\b).*"
                    + "|(?:to|from) (?:pocket|vault|jar|space|savings)\\b.*|pocket withdrawal\\b.*|moved (?:to|from)\\b.*|transfer between (?:own|your) .*");

    private static final Pattern ANYWHERE = Pattern.compile(
            "\\b(?:cash pool(?:ing)?|cash concentration|zba (?:credit|transfer)|sweep transfer|target balance sweep|eigenes konto|de compte a compte"
                    + "|(?:hold|reserve|payment review|payment) release|(?:release|cancell?ation) of (?:hold|reserve)s?"
                    + "|temp(?:orary)? block|(?:temporary|general|account) hold|hold (?:on|for)|\\w*einbehaltung|(?:account|balance) (?:correction|adjustment)|\\w*wahrungsumrechnung"
                    + "|currency conversion|bank deposit to pp account|general credit card deposit|bankgutschrift auf paypal konto|withdrawal from pot)\\b");

    /** Loans, deposits, interest, dividends and taxes paid back: a text may name a customer as well, but the bank or the state paid. */
    private static final Pattern FROM_BANK = Pattern.compile(
            "\\b(?:(?:kredit|darlehens?)(?:auszahlung|valutierung)\\w*|auszahlung (?:des |eines |ihres )?(?:kredits?|darlehens?)"
                    + "|loan (?:disbursement|payout|proceeds|advance|drawdown)|deblocage (?:de |du )?pret|disposicion de prestamo"
                    + "|(?:fest|termin|tages)geld\\w*|(?:term|fixed|time) deposit|depot a terme|deposito a plazo|cash ?backs?"
                    + "|(?:haben|guthaben|kredit)zins(?:en)?|zinsgutschrift\\w*|interest (?:paid|earned|credit|payment|received)|credit interest"
                    + "|interets crediteurs|abono (?:de )?intereses|dividende?n?s?|dividendenzahlung|dividendenausschuttung"
                    + "|(?:umsatz|vor|gewerbe|einkommen|korperschaft)?steuererstattung\\w*|(?:ust|kst|est|gewst|vst) ?erstattung"
                    + "|erstattung (?:ust|kst|est|gewst|vst|\\w*steuer)|(?:tax|vat) (?:refund|rebate|repayment)|remboursement (?:de )?tva)\\b");

    /** Corrections, for example of the value date, by the bank. */
    private static final Pattern CORRECTION = Pattern.compile(
            "\\b(?:\\w*korrektur(?:en|buchung(?:en)?)?|berichtigung(?:en|sbuchung)?|richtigstellung|(?:valuta|wertstellungs)\\w*(?:korr|berichtigung)|korr (?:buchung|valuta)|"
                    + "corrections?|correcting (?:entry|payment|credit)|value date (?:correction|adjustment)|(?:re)?adjustments?|rectifications?|regularisations?|correccion(?:es)?|"
                    + "rectificacion(?:es)?|regularizacion|correcao|correcoes|retificacao|regularizacao|rettific(?:a|he)|correzion[ei]|correcties?|rechtzetting|korekt[ay]|korektury|"
                    + "korrigering\\w*|rattelse\\w*|korrektion\\w*|rettelse\\w*|korreksjon\\w*|oikaisu\\w*|helyesbit\\w*|corecti[ei])\\b");

    private InternalVocabulary() {}

    /** Whether a cell or text describes a transaction by such a word. */
    static boolean says(String folded) {
        return KINDS.contains(folded)
                || STARTS.matcher(folded).matches()
                || ANYWHERE.matcher(folded).find()
                || FROM_BANK.matcher(folded).find()
                || CORRECTION.matcher(folded).find();
    }
}
