package io.tenantry.billing.bank.statement;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Words that banks use for kinds of transactions, and the direction that these imply where no sign shows it. */
final class TypeVocabulary {
    private static final Pattern TYPE = Pattern.compile(
            "(?:^| )(?:\\w*(?:art|typ|type|code|schlussel|schluessel|vorfall|vorgang|kategorie|soort)|kind|kinds|operation|category|subcategory|nature|tipo|"
                    + "clase|classe|class|movement|movimiento|movimento|sort|gvc|method|methode|event|action|activity|aktivitat|aktion|transaction|"
                    + "transaktion|mutatie|categorie|categoria|clave|verfahren|rodzaj|oznaceni|tipusa|verrichting|\u03ba\u03b1\u03c4\u03b7\u03b3\u03bf\u03c1\u03b9\u03b1|\u03b5\u03b9\u03b4\u03bf\u03c2)(?: |$)");
    private static final Pattern NO_TYPE = Pattern.compile(
            "(?:^| )(?:sort code|bic|swift|bank code|branch|post code|postcode|zip|plz|country|land|iban|account|konto|card|karten|currency|"
                    + "wahrung|time|uhrzeit|zone|language|sprache|tax code|gl code|product|produkt)");
    private static final Set<String> INCOMING = DoubtfulTerms.words(
            "zahlungseingang,geldeingang,überweisungsgutschrift,überweisungsgutschr,gutschr,gutschr überweisung,gutschrift überweisung,sepa gutschrift,"
                    + "echtzeitgutschrift,echtzeit gutschrift,dauerauftragsgutschrift,gutschrift dauerauftrag,gutschr dauerauftrag,lohn gehalt gutschrift,eingehende überweisung,"
                    + "überweisungseingang,eingang überweisung,sepa überweisungseingang,bareinzahlung,gutschrift sepa,incoming payment,incoming transfer,incoming wire,"
                    + "incoming credit transfer,payment received,payments received,received payment,money received,transfer received,transfer in,payment in,wire in,bank credit,"
                    + "counter credit,ach credit,direct credit,giro credit,bank giro credit,credit received,mobile deposit,check deposit,cash deposit,direct deposit,"
                    + "customer payment received,faster payment received,faster payments in,faster payment in,virement reçu,virements reçus,virement sepa reçu,vir reçu,vir sepa reçu,"
                    + "virement en votre faveur,virement en faveur,encaissement,transferencia recibida,transferencias recibidas,transferencia a su favor,ingreso en efectivo,"
                    + "bonifico ricevuto,bonifico in entrata,accredito bonifico,bonifico a vostro favore,storting,ontvangst,overboeking ontvangen,credited,bezhotovostní příjem,příchozí úhrada,příchozí platba,prichádzajúca platba,przelew przychodzący,przelew zewnętrzny przychodzący,wpłata gotówki,bejövő átutalás,inkommande betalning,indbetaling,innbetaling,εισερχόμενο έμβασμα");
    private static final List<String> RETURNED = List.copyOf(
            DoubtfulTerms.words(
                    "refund,refunded,refunds,reimbursement,reimbursed,repayment,return,returned,chargeback,charge back,reversal,reversed,rückzahlung,rückerstattung,erstattung,"
                            + "rücküberweisung,rückbuchung,rücklastschrift,rückläufer,rückgabe,rückruf,retoure,storno,remboursement,remboursé,rejet,restitution,contrepassation,"
                            + "extourne,terugbetaling,terugbetaald,terugboeking,storneren,retour,reembolso,devolución,retrocesión,rimborso,storno di,riaccredito,restituzione"));
    private static final List<String> TAKEN_OUT = List.copyOf(DoubtfulTerms.words(
            "withdrawal,withdrawals,withdrawn,payout,payouts,outgoing,auszahlung,abhebung,barabhebung,ausgehend,ausgehende,"
                    + "ausgang,ausgänge,zahlungsausgang,zahlungsausgänge,belastung,abbuchung,retrait,retraits,opname,geldopname,retirada,reintegro,prelievo,"
                    + "disbursement,paid out,sent"));
    private static final Set<String> CHARGES = DoubtfulTerms.words(
            "fee,fees,bank fee,service fee,service charge,charge,charges,commission,gebühr,gebühren,entgelt,entgelte,entgeltabschluss,kosten,spesen,frais,"
                    + "commissions,agios,comisión,comisiones,commissione,commissioni,canone,provisie,tax,steuer,standing order,direct debit,dauerauftrag,bill pay,"
                    + "incasso,prlv,cheque emis");
    private static final Set<String> EITHER_WAY = DoubtfulTerms.words(
            "überweisung,sepa überweisung,überweisungen,online überweisung,echtzeitüberweisung,echtzeit überweisung,umbuchung,übertrag,lohn,gehalt,zahlung,zinsen,interest,"
                    + "payment,payments,transfer,transfers,wire,wire transfer,bank transfer,sepa transfer,credit transfer,sepa credit transfer,faster payment,bacs,chaps,ach,check,"
                    + "cheque,scheck,atm,card,pos,zelle,paiement,virement,virement sepa,vir,vir sepa,cb,betaling,overboeking,overschrijving,pago,pagos,transferencia,traspaso,"
                    + "pagamento,bonifico,giroconto,exchange,conversion,adjustment,korrektur,correction,ajuste");
    private static final List<String> TITLES = List.copyOf(DoubtfulTerms.words(
            "debit,debits,lastschriften,soll,belastungen,sammellastschriften,überweisungsaufträge,daueraufträge,outgoing payments,payments out,débits,prélèvements,cargos,addebiti,uscite,"
                    + "refunds,payouts,withdrawals"));
    /** German words composed with one for money that was taken out, such as "Auszahlungsbericht" and "Auszahlungs-ID". */
    private static final Pattern TAKEN_OUT_COMPOUND =
            Pattern.compile("\\b(?:auszahlung|abhebung|belastung|abbuchung|zahlungsausgang)s?\\w*");

    private static final List<String> RECEIVED = List.copyOf(DoubtfulTerms.words(
            "zahlung erhalten,zahlungseingang,ihre zahlung,payment received,payment thank you,thank you for your payment,paiement reçu,betaling ontvangen,"
                    + "pago recibido,pagamento ricevuto"));
    private static final Set<String> RECIPIENTS = DoubtfulTerms.words(
            "lieferant,lieferanten,kreditor,supplier,vendor,fournisseur,leverancier,proveedor,fornitore,händler,merchant,empfängername,empfängerkonto,empfänger iban,"
                    + "iban empfänger,iban des empfängers,beneficiary account,beneficiary iban,payee account,payee account number,payee iban,recipient account,recipient iban,"
                    + "creditor account,creditor iban,target account,to account,to iban,empfänger,empfänger name,name empfänger,name des empfängers,zahlungsempfänger,zahlungsempfänger in,begünstigter,recipient,recipient name,payee,payee name,beneficiary,beneficiary name,"
                    + "creditor,creditor name,to,to name,paid to,target name,an,destinataire,bénéficiaire,begunstigde,ontvanger,beneficiario,destinatario,transfer to");
    private static final Set<String> SENDERS = DoubtfulTerms.words(
            "auftraggeber,absender,zahlender,zahlungspflichtiger,zahlungspflichtige r,einzahler,sender,sender name,payer,payer name,name of payer,from,from name,paid by,debtor,debtor name,"
                    + "source name,von,remitter,émetteur,donneur d ordre,opdrachtgever,ordenante,ordinante,transfer from");

    private TypeVocabulary() {}

    /** Whether a column's name states that it contains the kind of transaction. */
    static boolean isType(HeaderName name) {
        return TYPE.matcher(name.whole()).find()
                && !NO_TYPE.matcher(name.whole()).find()
                && ColumnNames.rank(ColumnRole.PURPOSE, name) < 0;
    }

    /** Whether a cell is a kind of transaction that is always incoming. */
    static boolean isIncoming(String folded) {
        return INCOMING.contains(folded);
    }

    /** Whether a cell is only a kind of transaction that may have either direction. */
    static boolean isEitherWay(String folded) {
        return EITHER_WAY.contains(folded);
    }

    /** Whether text is only a charge, or states anywhere that money was refunded or withdrawn. */
    static boolean saysOutgoing(String folded) {
        return CHARGES.contains(folded)
                || isGivenBack(folded)
                || TAKEN_OUT.stream().anyMatch(word -> DoubtfulTerms.contains(folded, word));
    }

    /** Whether a column's name starts like one about withdrawn money, such as "Payout id". */
    static boolean startsTakenOut(String folded) {
        return TAKEN_OUT.stream().anyMatch(word -> folded.startsWith(word + " "))
                || TAKEN_OUT_COMPOUND.matcher(folded).lookingAt();
    }

    /** Whether text starts with a term for money that a card issuer received. */
    static boolean startsReceived(String folded) {
        return DoubtfulTerms.contains(folded, "payment thank you")
                || RECEIVED.stream().anyMatch(word -> DoubtfulTerms.startsWith(folded, word));
    }

    /** Whether a column's name states that its amounts were refunded. */
    static boolean isGivenBack(HeaderName name) {
        return isGivenBack(name.whole()) || DoubtfulTerms.contains(name.whole(), "disputed");
    }

    /** Whether text states anywhere that money was refunded. */
    static boolean isGivenBack(String folded) {
        return RETURNED.stream().anyMatch(word -> DoubtfulTerms.contains(folded, word));
    }

    /** Whether a line above a table states that it contains outgoing money. */
    static boolean isOutgoingTitle(String folded) {
        return saysOutgoing(folded)
                || TAKEN_OUT_COMPOUND.matcher(folded).find()
                || TITLES.stream().anyMatch(word -> DoubtfulTerms.contains(folded, word));
    }

    /** Whether a column's name shows that its codes denote something else. */
    static boolean isOtherCode(HeaderName name) {
        return NO_TYPE.matcher(name.whole()).find();
    }

    static boolean isRecipient(HeaderName name) {
        return RECIPIENTS.contains(name.whole());
    }

    static boolean isSender(HeaderName name) {
        return SENDERS.contains(name.whole());
    }
}
