package io.tenantry.billing.bank.statement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which columns name the other party of a row. Some banks have one column for payers and one for recipients: the other party is the payer of
 * incoming money and the recipient of outgoing money, and the reseller is on the other side. A payment and its return share no party if the
 * reseller is taken for one.
 *
 * @param payers columns with the names of payers, or of either party
 * @param recipients columns with the names of recipients only; empty if there are none next to those of payers
 * @param recipientAccounts columns with the accounts of recipients only
 * @param areRecipientsOnly whether the columns for the other party are named for recipients, and none for payers
 */
record PartySides(
        ColumnMapping columns,
        List<Integer> payers,
        List<Integer> recipients,
        List<Integer> recipientAccounts,
        boolean areRecipientsOnly,
        OwnName own) {
    private static final Set<String> PAYER = DoubtfulTerms.words(
            "payer,zahlungspflichtiger,zahlungspflichtige,auftraggeber,auftraggeberin,zahler,zahlender,absender,einzahler,sender,from,remitter,debtor,originator,ordering,"
                    + "ordenante,ordinante,émetteur,payeur,débiteur,donneur,opdrachtgever,betaler,afzender,pagador,remitente,emisor,mittente,pagante,ordenador,"
                    + "nadawca,nadawcy,zleceniodawca,płatnik,plátce,odesílatel,platiteľ,odosielateľ,avsändare,betalare,afsender,avsender,maksaja,lähettäjä,fizető,plătitor,"
                    + "πληρωτής,εντολέας,platitelj,uplatitelj,pošiljatelj,maksātājs,mokėtojas,gönderen");
    private static final Set<String> RECIPIENT = DoubtfulTerms.words(
            "payee,recipient,receiver,beneficiary,creditor,to,empfänger,empfängers,empfängerin,empfängername,zahlungsempfänger,zahlungsempfängers,zahlungsempfängerin,begünstigter,begünstigte,"
                    + "begünstigten,bénéficiaire,destinataire,créancier,begunstigde,ontvanger,crediteur,beneficiario,destinatario,acreedor,creditore,beneficiário,destinatário,"
                    + "odbiorca,odbiorcy,příjemce,príjemca,príjemcu,mottagare,modtager,mottaker,saaja,saajan,kedvezményezett,kedvezményezettje,beneficiar,δικαιούχος,primatelj,primatelja,"
                    + "prejemnik,prejemnika,saņēmējs,gavėjas,alıcı");
    private static final Set<String> FILLERS = DoubtfulTerms.words(
            "name,names,full,of,the,des,der,in,r,e,innen,party,nom,du,de,naam,van,nombre,del,nome,di,do,nazwa,název,názov,navn,namn,nimi,neve,nume,customer");
    private static final Set<String> ACCOUNT = DoubtfulTerms.words(
            "iban,account,acct,number,no,nr,konto,kontonummer,rekening,rekeningnummer,compte,cuenta,conto,konta,rachunek,numer,číslo,účtu,bank");

    private enum Side {
        PAYER,
        RECIPIENT
    }

    static PartySides of(ColumnMapping columns, List<String> names, OwnName own) {
        var payers = new ArrayList<Integer>();
        var recipients = new ArrayList<Integer>();
        var accounts = new ArrayList<Integer>();
        for (var column = 0; column < names.size(); column++) {
            var name = HeaderName.of(names.get(column));
            var side = side(name, FILLERS);
            if (side.equals(Optional.of(Side.PAYER))) {
                payers.add(column);
            } else if (side.equals(Optional.of(Side.RECIPIENT))) {
                recipients.add(column);
            } else if (isRecipientAccount(name)) {
                accounts.add(column);
            }
        }
        var named = columns.all(ColumnRole.PAYER);
        var areRecipients = !named.isEmpty() && recipients.containsAll(named);
        var isEither = named.stream().anyMatch(column -> !payers.contains(column) && !recipients.contains(column));
        if (named.isEmpty() || isEither || recipients.isEmpty() || payers.isEmpty()) {
            return new PartySides(
                    columns, named, List.of(), List.copyOf(accounts), areRecipients && payers.isEmpty(), own);
        }
        return new PartySides(columns, payers, recipients, List.copyOf(accounts), false, own);
    }

    /** Whether a column names recipients, and another one the payers. */
    static boolean isNextToPayers(List<HeaderName> names, int column) {
        return side(names.get(column), FILLERS).equals(Optional.of(Side.RECIPIENT))
                && names.stream().anyMatch(name -> side(name, FILLERS).equals(Optional.of(Side.PAYER)));
    }

    /** Whether a column names the accounts of recipients only. */
    private static boolean isRecipientAccount(HeaderName name) {
        var words = words(name);
        return words.stream().anyMatch(ACCOUNT::contains)
                && side(words, word -> FILLERS.contains(word) || ACCOUNT.contains(word))
                        .equals(Optional.of(Side.RECIPIENT));
    }

    private static Optional<Side> side(HeaderName name, Set<String> others) {
        return side(words(name), others::contains);
    }

    private static Optional<Side> side(Set<String> words, Predicate<String> isOther) {
        var sides = new HashSet<Side>();
        for (var word : words) {
            if (PAYER.contains(word)) {
                sides.add(Side.PAYER);
            } else if (RECIPIENT.contains(word)) {
                sides.add(Side.RECIPIENT);
            } else if (!isOther.test(word)) {
                return Optional.empty();
            }
        }
        return sides.size() == 1 ? sides.stream().findFirst() : Optional.empty();
    }

    private static Set<String> words(HeaderName name) {
        return Arrays.stream(name.whole().split(" ", -1)).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the name of the other party of a row. */
    String name(CsvTable.Row row, boolean isOut) {
        var name = RowTexts.cells(row, isOut && !recipients.isEmpty() ? recipients : payers);
        if (recipients.isEmpty()) {
            return isOut != areRecipientsOnly && own.is(name) ? "" : name;
        }
        if (!isOut || !name.isEmpty()) {
            return name;
        }
        var other = RowTexts.cells(row, payers);
        return own.is(other) ? "" : other;
    }

    /** Returns the account of the recipient of outgoing money; empty if no column names it. */
    String recipientAccount(CsvTable.Row row) {
        return RowTexts.cells(row, recipientAccounts);
    }

    /** Whether a row states that its money is outgoing, as far as its own cells show it. */
    boolean isOut(CsvTable.Row row) {
        var isMinus = columns.all(ColumnRole.AMOUNT).stream()
                .map(row::cell)
                .filter(cell -> !cell.isEmpty())
                .anyMatch(cell -> Amounts.isMinus(cell.charAt(0))
                        || Amounts.isMinus(cell.charAt(cell.length() - 1))
                        || cell.startsWith("("));
        return isMinus
                || columns.all(ColumnRole.DIRECTION).stream()
                        .anyMatch(column ->
                                DirectionVocabulary.of(row.cell(column)).equals(Optional.of(Direction.OUT)))
                || (columns.all(ColumnRole.DEBIT).stream().anyMatch(column -> isMoney(row.cell(column)))
                        && columns.all(ColumnRole.CREDIT).stream().noneMatch(column -> isMoney(row.cell(column))));
    }

    private static boolean isMoney(String cell) {
        return cell.chars().anyMatch(sign -> Character.digit(sign, 10) > 0);
    }
}
