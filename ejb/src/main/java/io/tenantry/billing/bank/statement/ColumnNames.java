package io.tenantry.billing.bank.statement;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Names that banks and payment services give to columns. Each list starts with the most specific. */
final class ColumnNames {
    private static final Map<ColumnRole, List<Set<String>>> RANKS = new EnumMap<>(ColumnRole.class);
    private static final Set<String> NOT_BOOKED_AMOUNTS = DoubtfulTerms.words(
            "original amount,originalbetrag,ursprungsbetrag,ursprünglicher betrag,amount foreign currency,"
                    + "betrag fremdwährung,betrag in fremdwährung,fremdwährungsbetrag,foreign amount,foreign currency amount,instructed amount,local amount,source amount,target amount,"
                    + "lastschrift ursprungsbetrag,auslagenersatz rücklastschrift,exchange to amount,montant devise,montant d origine,"
                    + "oorspronkelijk bedrag,importe original,importo originale,customer facing amount");
    private static final Pattern PURPOSE = Pattern.compile(
            "zweck|purpose|remittance|description|narrative|omschrijving|mededeling|libell|concepto|descrizione|causale|reference|referenz"
                    + "|title|subject|betreff|invoice|rechnung|bemerkung|label|particulars|verwendung|posting text|referentie|referencia|mitteilung|message|memo|detail|text|communication|motif|note|kommentar|comment|information|notification|observaciones|kenmerk|narration|lancamento|historico|artikelbezeichnung|opis|tytul|selite|viesti|popis|besked|\\btekst|\\btext|zprava");

    static {
        RANKS.put(
                ColumnRole.DATE,
                ranks(
                        "buchungstag,buchungsdatum,booking date,bookingdate,date booked,booked on,posting date,posted date,post date,postdate,date posted,completed date,"
                                + "date completed,completed on,date comptable,date de comptabilisation,date comptabilisation,booked at,dateop,boekdatum,boekingsdatum,fecha contable,f contable,data contabile,"
                                + "buchung am,settlement date",
                        "buchung,gebucht am,booked,posted,date operation,date de l operation,date d operation,date opération,fecha operación,fecha de operación,f operación,"
                                + "data operazione,fecha,data,datum,date,tag,transaction date,transactiedatum,transactiondate,datetime,date time,date and time,buchungszeitpunkt,"
                                + "transaktionsdatum,umsatzdatum,completed at,operation date",
                        "payment date,zahlungsdatum,zahldatum,date de paiement,betaaldatum,fecha de pago,data pagamento,created,created utc,created at,arrival date,arrival date utc,date utc,created date,created on,finished on,"
                                + "payout date,date of payout,auszahlungsdatum,datum der auszahlung",
                        "valuta,valutadatum,valuta datum,value date,valuedate,wertstellung,wertstellungstag,valuta date,date valeur,date de valeur,date de la valeur,fecha valor,data valuta,rentedatum,effective date,"
                                + "started date,f valor"));
        RANKS.put(
                ColumnRole.AMOUNT,
                ranks(
                        "net,netto,net amount,nettobetrag,montant net,booked amount,gebuchter betrag,settled amount,settlement amount,billing amount,amount in account currency,betrag in kontowährung,"
                                + "betrag in eur",
                        "betrag,amount,umsatz,montant,bedrag,importe,importo,monto,valor,umsatzbetrag,buchungsbetrag,transaction amount,transaktionsbetrag,transactiebedrag,"
                                + "transactionamount,umsatz in,amt,betrag der buchung,montant de l opération,signed amount,booking amount,total amount incl vat,gesamtbetrag inkl mwst,montant total ttc,importo totale iva incl,importe total iva incl,wert,value,credit debit amount,debit credit amount,montant operation,movimiento importe",
                        "gross,brutto,gross amount,bruttobetrag,montant brut,bruto"));
        RANKS.put(
                ColumnRole.CREDIT,
                ranks(
                        "haben,gutschrift,gutschriften,credit,credits,credit amount,creditamount,habenbetrag,betrag haben,umsatz haben,amount credit,paid in,money in,"
                                + "deposits,deposit,deposit amount,einzahlung,einzahlungen,eingang,eingänge,einnahme,einnahmen,zufluss,zugang,avoir,montant crédit,crédit,crédits,bij,ontvangen,bijschrijving,"
                                + "abono,abonos,ingreso,ingresos,haber,accredito,accrediti,entrate,entrata,avere,received,receipts,incoming,in,money received,paid in amount,amount in,recettes,credito,"
                                + "credit amt,inflow,cash in"));
        RANKS.put(
                ColumnRole.DEBIT,
                ranks(
                        "soll,debet,debet bedrag,lastschrift,lastschriften,belastung,belastungen,debit,debits,debit amount,debitamount,sollbetrag,betrag soll,umsatz soll,amount debit,"
                                + "paid out,money out,withdrawals,withdrawal,withdrawal amount,auszahlung,auszahlungen,ausgang,ausgänge,ausgabe,ausgaben,abfluss,abgang,montant débit,débit,débits,af,uitgaven,"
                                + "afschrijving,cargo,cargos,adeudo,adeudos,gasto,gastos,debe,addebito,addebiti,uscite,uscita,dare,outgoing,out,spent,paid out amount,amount out,dépenses,debito,debit amt,"
                                + "outflow,cash out"));
        RANKS.put(
                ColumnRole.DIRECTION,
                ranks(
                        "dr cr,cr dr,d c,c d,dc,cd,drcr,crdr,s h,h s,sh,soll haben,haben soll,soll haben kennzeichen,soll haben kz,s h kennzeichen,shkz,debit credit,credit debit,debit or credit,"
                                + "credit debit indicator,debit credit indicator,creditdebitindicator,credit or debit,cdtdbtind,af bij,bij af,direction,richtung,zahlungsrichtung,sens,"
                                + "vorzeichen,signo,segno,sign,in out,ein aus,eingang ausgang,dare avere,debe haber,débit crédit,crédit débit,debit credit code,balance impact,auswirkung auf guthaben,"
                                + "dc indicator,indicator,kennzeichen,transaction direction,debet credit,d k"));
        RANKS.put(
                ColumnRole.STATUS,
                ranks(
                        "status,state,buchungsstatus,umsatzstatus,transaction status,transaction state,booking status,payment status,zahlungsstatus,zustand,statut,état,estado,stato,situación,"
                                + "bookingstatus,transaktionsstatus,verarbeitungsstatus,toestand,afhandelingsstatus,buchungskennzeichen status"));
        RANKS.put(
                ColumnRole.CURRENCY,
                ranks(
                        "währung,currency,devise,munt,muntsoort,divisa,moneda,account currency,kontowährung,currency code,währungscode,wkz,wrg,whg,ccy,betrag währung,amount currency,"
                                + "währung betrag,valuta,curr,isowährung,mutationswährung,transaction currency,payment currency,whrg,coin,token,asset,cryptocurrency,kryptowährung"));
        RANKS.put(
                ColumnRole.PAYER,
                ranks(
                        "name zahlungsbeteiligter,zahlungsbeteiligter,beguenstigter zahlungspflichtiger,begünstigter zahlungspflichtiger,auftraggeber begünstigter,"
                                + "auftraggeber empfänger,zahlungspflichtige r,zahlungspflichtiger,empfänger zahlungspflichtiger,name gegenkonto,gegenpartei,partner name,partnername,"
                                + "counterparty,counter party,counterparty name,counterparty name,naam tegenpartij,tegenpartij,contrepartie,contrapartida,controparte,payer,payer name,"
                                + "name of payer,zahlender,name des partners,name des partner,bank description counterparty,sender name,from name",
                        "auftraggeber,auftraggeber zahlungsempfänger,payee,payee payer,name,empfänger,empfaenger,name description,naam omschrijving,partner,ordenante,ordinante,émetteur,from,sender,"
                                + "beneficiary or remitter,merchant,counter party name,beneficiario ordenante,naam"));
        RANKS.put(
                ColumnRole.IBAN,
                ranks(
                        "iban zahlungsbeteiligter,partner iban,partner account iban,payer iban,counterparty iban,counterparty account,tegenrekening,tegenrekening iban bban,counterparty iban bban,iban gegenkonto,iban des auftraggebers,iban partner,partnerkontonummer,"
                                + "iban contrepartie,account iban counterparty,kontonummer des partners,gegenkonto,gegenkonto iban,gegenkonto nr,gegenkontonummer,counter account,"
                                + "payer account,payer account number,payer account no,payer bank account,sender account,sender account number,sender iban,remitter account,"
                                + "remitter account number,remitter iban,debtor account,debtor iban,counterparty account number,counterparty account no,counterparty bank account,"
                                + "counter party account,counter party account number,counter party iban,other party account,other party account number,other party iban,"
                                + "iban auftraggeber,kontonummer auftraggeber,iban zahler,konto des zahlers,kontonummer des zahlers,iban zahlungspflichtiger,"
                                + "iban tegenpartij,rekening tegenpartij,compte contrepartie,compte de contrepartie,iban ordenante,cuenta ordenante,iban ordinante,iban émetteur",
                        "kontonummer iban,iban,kontonummer,konto nr,account number,iban bic"));
        RANKS.put(
                ColumnRole.BANK_REFERENCE,
                ranks(
                        "bankreferenz,bank reference,transaction id,transaktions id,transaktionsid,transaktionscode,transactiecode,transferwise id,balance transaction id,buchungsreferenz,"
                                + "umsatz id,fitid,volgnr,transaction number,reference de transaction,id transaction,código de transacción,identifiant de transaction",
                        "id,payout id,auszahlungs id,auszahlungsid"));
        RANKS.put(
                ColumnRole.ACCOUNT,
                ranks(
                        "iban auftragskonto,auftragskonto,own account,account iban,eigenes konto,rekening,iban bban,rekeningnummer,account,compte,numéro de compte,konto,kontobezeichnung iban,"
                                + "auftraggeberkonto,own iban,cuenta,accountnumber,iban kontoinhaber"));
        RANKS.put(
                ColumnRole.BALANCE,
                ranks(
                        "saldo,balance,solde,kontostand,running balance,saldo nach buchung,saldo nach transaktion,saldo na trn,saldo na mutatie,resulting balance,balance after,balance after transaction,"
                                + "running bal,saldo disponible,saldo contable,saldo contabile,solde après opération,guthaben,endsaldo,account balance,neuer saldo,saldo tras la operación"));
        RANKS.put(
                ColumnRole.FEE,
                ranks(
                        "fee,fees,gebühr,gebühren,total fees,fee amount,frais,entgelt,kosten,comisión,comisiones,commissione,commissioni,charges,commission"));
    }

    static {
        RANKS.replaceAll((role, ranks) -> IntStream.range(0, ranks.size())
                .mapToObj(rank -> Stream.concat(ranks.get(rank).stream(), LocalColumnNames.of(role, rank).stream())
                        .collect(Collectors.toUnmodifiableSet()))
                .toList());
    }

    private static final Pattern OTHER_CURRENCY = Pattern.compile(
            "\\borig\\b|origin|ursprung|foreign|fremd|local|source|target|oorspr|instructed|exchange|\\bto\\b|\\bfrom\\b");

    private static final List<ColumnRole> SIDES = List.of(ColumnRole.CREDIT, ColumnRole.DEBIT);

    private static final Pattern TEXT_CODE = Pattern.compile(
            "(?:text|message|detail|description|information|purpose|zweck|verwendung|verwendungszweck|narrative|memo|libell\\w*|omschrijving|motif|causale|concepto)s?"
                    + " ?(?:schlussel|schluessel|codes?|keys?|types?|typ|kennzeichen|kennung|kz)$|^codes? (?:libell\\w*|motif|causale|concepto|omschrijving)$");

    private static final Pattern END_TO_END = Pattern.compile("end ?to ?end|\\be2e");

    private ColumnNames() {}

    /** Whether the name denotes a currency other than that of the account. */
    static boolean isOtherCurrency(HeaderName name) {
        return OTHER_CURRENCY.matcher(name.whole()).find();
    }

    /** Whether the name denotes the other party, so that an account there is not the reseller's. */
    static boolean isOtherParty(HeaderName name) {
        return rank(ColumnRole.IBAN, name) == 0 || rank(ColumnRole.PAYER, name) == 0;
    }

    /** Whether the name denotes a value that the payer's bank passes on unchanged. */
    static boolean isEndToEnd(HeaderName name) {
        return END_TO_END.matcher(name.whole()).find();
    }

    /** Whether the name denotes an amount other than the booked one. */
    static boolean isOtherAmount(HeaderName name) {
        return NOT_BOOKED_AMOUNTS.contains(name.base());
    }

    private static List<Set<String>> ranks(String... lists) {
        return Arrays.stream(lists).map(DoubtfulTerms::words).toList();
    }

    /** Whether the name denotes codes about a text, as in "Textschlüssel" or "Message type", rather than the text. */
    static boolean isTextCode(HeaderName name) {
        return TEXT_CODE.matcher(name.whole()).find();
    }

    /** Returns how specific a name is for a role, 0 being the most specific; -1 if it does not match. */
    static int rank(ColumnRole role, HeaderName name) {
        if (role == ColumnRole.PURPOSE) {
            var isText = PURPOSE.matcher(name.whole()).find() || LocalColumnNames.isPurpose(name);
            return isText && !isTextCode(name) ? 0 : -1;
        }
        if (role == ColumnRole.AMOUNT && NOT_BOOKED_AMOUNTS.contains(name.base())) {
            return -1;
        }
        var ranks = RANKS.getOrDefault(role, List.of());
        for (var rank = 0; rank < ranks.size(); rank++) {
            var names = ranks.get(rank);
            if (names.contains(name.base()) || names.contains(name.whole())) {
                return rank;
            }
        }
        return -1;
    }

    /** Whether the name denotes incoming or outgoing money, but not both. */
    static boolean isSided(HeaderName name) {
        return rank(ColumnRole.DIRECTION, name) < 0
                && SIDES.stream()
                        .flatMap(role -> RANKS.getOrDefault(role, List.of()).stream())
                        .anyMatch(words -> words.contains(name.base())
                                || Arrays.stream(name.whole().split(" ", -1)).anyMatch(words::contains));
    }

    /**
     * Whether the cells are not what the name denotes. A name for the direction, or for money whose cells are not amounts, leaves open what they
     * mean; an identifier or a party may be anything.
     */
    static boolean isMisfit(HeaderName name, List<String> cells) {
        var roles = Arrays.stream(ColumnRole.values())
                .filter(role -> rank(role, name) >= 0)
                .toList();
        return roles.isEmpty()
                ? NOT_BOOKED_AMOUNTS.contains(name.base()) && !fits(ColumnRole.AMOUNT, cells)
                : roles.stream().noneMatch(role -> fits(role, cells));
    }

    private static boolean fits(ColumnRole role, List<String> cells) {
        return switch (role) {
            case DATE -> cells.stream().anyMatch(Dates::isLike);
            case AMOUNT, CREDIT, DEBIT, BALANCE, FEE -> cells.stream().allMatch(ColumnNames::isAmount);
            case CURRENCY -> cells.stream().allMatch(cell -> Currencies.isKnown(cell) || Markers.isNothing(cell));
            case DIRECTION, STATUS -> false;
            case ACCOUNT -> cells.stream().anyMatch(cell -> cell.chars().anyMatch(Character::isDigit));
            case PAYER, IBAN, PURPOSE, BANK_REFERENCE, IGNORED -> true;
        };
    }

    private static boolean isAmount(String cell) {
        return Amounts.isLike(cell) || Markers.isNothing(cell);
    }

    /** Whether the name is known for any role. */
    static boolean isKnown(HeaderName name) {
        return NOT_BOOKED_AMOUNTS.contains(name.base())
                || Arrays.stream(ColumnRole.values()).anyMatch(role -> rank(role, name) >= 0);
    }
}
