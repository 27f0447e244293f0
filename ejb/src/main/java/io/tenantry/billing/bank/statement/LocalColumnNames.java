package io.tenantry.billing.bank.statement;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names that banks in Poland, Czechia, Slovakia, Hungary, Romania, Greece, Portugal, Belgium, Ireland, the Baltic and the Nordic countries give to
 * columns, by the ranks of {@link ColumnNames}.
 */
final class LocalColumnNames {
    private static final Map<ColumnRole, List<Set<String>>> RANKS = new EnumMap<>(ColumnRole.class);

    static {
        RANKS.put(
                ColumnRole.DATE,
                List.of(
                        DoubtfulTerms.words(
                                "data księgowania,data zaksięgowania,datum zaúčtování,dátum zaúčtovania,datum připsání,bokföringsdag,bokföringsdatum,kirjauspäivä,bogføringsdato,bogført,bogført dato,bokføringsdato,bokført,bokført dato,"
                                        + "könyvelés dátuma,könyvelési dátum,könyvelés napja,data contabilă,data înregistrării,data registrazione,data lançamento,data de lançamento,data do lançamento,data mov,data movimento,"
                                        + "uitvoeringsdatum,posted transactions date,posted transaction date,datum knjiženja,grāmatošanas datums"),
                        DoubtfulTerms.words(
                                "data operacji,data transakcji,data tranzactie,data tranzacției,dato,dátum,datum transakce,datum pohybu,dátum transakcie,transaktionsdag,transaktionsdatum,transaksjonsdato,transaktionsdato,"
                                        + "tranzakció dátuma,tranzakció napja,tapahtumapäivä,pvm,päivä,päivämäärä,kuupäev,datums,ημερομηνία,ημ νία,ημερομηνία συναλλαγής,ημερομηνία κίνησης,işlem tarihi,tarih"),
                        Set.of(),
                        DoubtfulTerms.words(
                                "data waluty,datum valuty,dátum valuty,valutadag,rentedato,arvopäivä,értéknap,data valutei,ημ νία αξίας,ημερομηνία αξίας,valeur,τοκισμός από,valørdato,valutadato,interest date,data valor")));
        RANKS.put(
                ColumnRole.AMOUNT,
                List.of(
                        DoubtfulTerms.words("kwota transakcji waluta rachunku"),
                        DoubtfulTerms.words(
                                "kwota,kwota transakcji,kwota operacji,objem,částka,čiastka,suma,belopp,beløb,beløp,määrä,summa,összeg,montante,suma tranzactie,suma tranzacției,ποσό,ποσό συναλλαγής,iznos,znesek,tutar")));
        RANKS.put(
                ColumnRole.CREDIT,
                List.of(
                        DoubtfulTerms.words(
                                "wpływy,uznania,kwota uznania,příjmy,insättning,insättningar,indsat,ind på konto,inn på konto,inn på konto,jóváírás,jóváírások,πίστωση,πιστώσεις")));
        RANKS.put(
                ColumnRole.DEBIT,
                List.of(
                        DoubtfulTerms.words(
                                "wydatki,obciążenia,kwota obciążenia,výdaje,uttag,hævet,ud fra konto,ut fra konto,terhelés,terhelések,χρέωση,χρεώσεις")));
        RANKS.put(
                ColumnRole.DIRECTION,
                List.of(
                        DoubtfulTerms.words(
                                "terhelés vagy jóváírás,terhelés jóváírás,terhelés vagy jóváírás t j,χρέωση πίστωση,πρόσημο ποσού,πρόσημο,debet kredit,kredit debet,wn ma,strana")));
        RANKS.put(
                ColumnRole.STATUS,
                List.of(DoubtfulTerms.words("stav,stav transakce,tila,állapot,κατάσταση,status transakcji,stare")));
        RANKS.put(
                ColumnRole.CURRENCY,
                List.of(
                        DoubtfulTerms.words(
                                "waluta,waluta rachunku,měna,mena,devizanem,deviza,valuutta,devies,νόμισμα,valūta,valiuta,posted currency,valuta rekening,para birimi")));
        RANKS.put(
                ColumnRole.PAYER,
                List.of(
                        DoubtfulTerms.words(
                                "nadawca odbiorca,dane kontrahenta,kontrahent,nazwa kontrahenta,nazwa nadawcy,název protiúčtu,názov protiúčtu,protistrana,název protistrany,názov protistrany,saaja maksaja,maksaja,ellenoldali név,partner neve,"
                                        + "sender empfänger,ονοματεπώνυμο συναλλασσόμενου,naam tegenpartij bevat,naam van de tegenpartij,nom de la contrepartie,beneficiary payer,consumer name,nume partener,motpart"),
                        DoubtfulTerms.words("namn,navn,nimi,nume")));
        RANKS.put(
                ColumnRole.IBAN,
                List.of(
                        DoubtfulTerms.words(
                                "protiúčet,číslo protiúčtu,rachunek kontrahenta,numer rachunku kontrahenta,nr rachunku kontrahenta,rachunek nadawcy,rachunek nadawcy odbiorcy,ellenoldali számlaszám,partner számlaszáma,"
                                        + "rekeningnummer tegenpartij,iban de la contrepartie,consumer bank account,maksajan tilinumero,cont partener,iban partener"),
                        DoubtfulTerms.words("numer konta,numer rachunku,nr rachunku")));
        RANKS.put(
                ColumnRole.BANK_REFERENCE,
                List.of(DoubtfulTerms.words(
                        "id pohybu,id transakce,id transakcie,nr transakcji,numer transakcji,referinta tranzactiei,referința tranzacției,arkistointitunnus,αρ συναλλαγής,αριθμός συναλλαγής,volgnummer,transfer reference,"
                                + "tranzakció azonosító,tranzakció azonosítója,identifiant de transaction")));
        RANKS.put(
                ColumnRole.ACCOUNT,
                List.of(
                        DoubtfulTerms.words(
                                "rachunek,vlastní účet,číslo účtu,számlaszám,client account,posted account,iban du compte,λογαριασμός")));
        RANKS.put(
                ColumnRole.BALANCE,
                List.of(DoubtfulTerms.words(
                        "saldo po transakcji,saldo po operacji,zůstatek,zostatok,zůstatek po transakci,bokfört saldo,bogført saldo,bokført saldo,könyvelt egyenleg,egyenleg,számlaegyenleg,sold,sold contabil,"
                                + "saldo contabilístico,υπόλοιπο,λογιστικό υπόλοιπο")));
        RANKS.put(
                ColumnRole.FEE,
                List.of(DoubtfulTerms.words(
                        "prowizja,opłata,poplatek,poplatky,avgift,gebyr,jutalék,comision,προμήθεια,transaction fee")));
    }

    private static final Pattern PURPOSE = Pattern.compile(
            "\\bdescriere|\\bdescricao|\\brubrik\\b|\\botsikko\\b|\\bselitys\\b|\\bviite\\b|\\bkozlemeny|beskrivning|forklaring|\\breferens\\b|\\bszczegoly|informacia pre prijemcu|"
                    + "meddelande|meddelelse|^transactie$|\\bmelding|\\bmotiv\\b|\u03c0\u03b5\u03c1\u03b9\u03b3\u03c1\u03b1\u03c6\u03b7|\u03b1\u03b9\u03c4\u03b9\u03bf\u03bb\u03bf\u03b3\u03b9\u03b1");

    /** Words of column names that describe a transaction without stating whether it happened. */
    private static final Set<String> PLAIN = DoubtfulTerms.words(
            "nazwa,banku,kod,banky,název,názov,účtu,účet,vlastní,vlastního,číslo,symbol,variabilní,variabilný,konstantní,konstantný,konst,specifický,vs,ks,ss,uživatelská,identifikace,provedl,upřesnění,"
                    + "pokynu,platitele,platiteľa,referencia,protiúčtu,avsändare,mottagare,maksunsaaja,saajan,maksajan,tilinumero,pankin,laji,afstemt,avstämd,moneymap,mezzo,straat,en,plaats,document,landcode,munt,rubrieknaam,"
                    + "adres,adresa,umsatz,geteilt,initiateur,équipe,pièce,jointe,viitenumero,lp,ώρα,συναλλαγής,κατάστημα,ισοτιμία,α,οδός,konto,rachunku,givenname,given,family,filing,links,mandate,customers,payout,reden,weigering,expense");

    private static final Set<String> ROW_TYPES =
            DoubtfulTerms.words("row type,reatüüp,rindas tips,ieraksta tips,įrašo tipas");
    private static final String TRANSACTION = "20";

    private LocalColumnNames() {}

    /** Whether a column distinguishes transactions from balances and turnovers, as in exports of banks in the Baltic. */
    static boolean isRowType(HeaderName name) {
        return ROW_TYPES.contains(name.whole());
    }

    /** Whether a cell of such a column denotes a transaction. */
    static boolean isTransaction(String rowType) {
        return rowType.equals(TRANSACTION);
    }

    /** Returns the names of a rank. */
    static Set<String> of(ColumnRole role, int rank) {
        var ranks = RANKS.getOrDefault(role, List.of());
        return rank < ranks.size() ? ranks.get(rank) : Set.of();
    }

    /** Whether a name denotes the text of a transfer. */
    static boolean isPurpose(HeaderName name) {
        return PURPOSE.matcher(name.whole()).find();
    }

    /** Whether a word of a name says nothing about whether a transaction happened. */
    static boolean isPlain(String word) {
        return PLAIN.contains(word);
    }
}
