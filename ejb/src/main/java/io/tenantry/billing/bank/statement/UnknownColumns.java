package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementRow.Booked;
import io.tenantry.billing.bank.statement.StatementRow.ReviewReason;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Columns whose role is neither known by name nor set by a person. Their content may state that a row is not received money, so incoming rows
 * are reviewed until a person sets the role of each column, or marks it as irrelevant.
 */
final class UnknownColumns {
    private static final Pattern DECIMALS = Pattern.compile("[.,][0-9]{1,2}(?![0-9])");
    /** Identifiers of objects at payment services, such as "ch_1". */
    private static final Pattern OBJECT = Pattern.compile("[a-z]{2,3}_[A-Za-z0-9]*[0-9][A-Za-z0-9]*");

    private static final int FEW = 8;
    private static final int FEW_MAX = 40;
    private static final int OF_EACH = 5;
    private static final int WORD_MAX = 40;
    private static final int DIGITS_MIN = 5;
    private static final int LETTERS_MIN = 4;
    private static final int DAYS_AHEAD = 7;
    /** Names that are meaningless alone, but not beside another word, as in "Sort code". */
    private static final Set<String> ALONE = Set.of(
            "code",
            "source",
            "destination",
            "transaction",
            "transaktions",
            "clearing",
            "return",
            "refund",
            "policy",
            "found",
            "group",
            "batch",
            "identification",
            "member");

    /** Words in column names that describe a transaction without stating whether it happened. */
    private static final Pattern PLAIN = Pattern.compile(
            "ids?|source|destination|transaktions|transaction|uuid|guid|row|line|zeile|clearing|chq|cheque|scheck|schecknummer|slip|closing|opening|running|nr|no|num|numbers?|numero|nummer|\\w+nummer|\\w+nr|\\w+number|(?:transaktions|transaction|customer|user|order|batch)id|refs?|"
                    + "\\w*referenz|\\w*reference|\\w*kenmerk|"
                    + "bic|swift|blz|bankleitzahl|banks?|bankname|iban|bban|konto(?:nummer|nr|inhaber|name|bezeichnung|art)?|(?:auftrags|eigenes|gegen)?konto|auftragskonto|account(?:s|num|number|label|name|nr|id|holder|balance|type)?|compte|cuenta|conto|rekening|sort|routing|filiale|branch|"
                    + "names?|\\w*holder|naam|nom|nombre|nome|inhaber|partner|party|partij|zahlungsbeteiligte[rn]?|kunden?|customer|consumer|buyer|shopper|client|contact|company|firma|"
                    + "mail|e|email|mailadresse|phone|telefon|address|adresse|strasse|street|city|stadt|ort|plz|zip|postal|postcode|code|country|land|region|"
                    + "employee|user|benutzer|member|card|karten?|kartennummer|digits|mcc|merchant|terminal|website|url|receipt|beleg|attachment|anhang|"
                    + "supplier|supplierfound|found|counterparty|counter|contra|auftraggeber\\w*|empfanger\\w*|empfaenger\\w*|zahlungsempfanger|absender|recipient|sender|"
                    + "payees?|payers?|payor|beneficiary|beneficiaire|destinataire|beneficiario|destinatario|ontvanger|debtor|creditor|uiteindelijke|initierende|tegenpartij|begunstigte[rn]?|bezeichnung|"
                    + "mandats?|mandate?|mandatsreferenz|machtigingskenmerk|glaubiger|glaeubiger|identifikation|identifier|gl|incassant|primanota|sequence|volgnr|batch|"
                    + "tags?|emoji|highlights?|notiz|notizen|budget|project|projekt|kostenstelle|cost|cent(?:er|re)|categor\\w*|kategorien?|spending|"
                    + "refund|return|sales|fees?|policy|abteilung|department|team|units?|einheit|exponent|decimals|nachkommastellen|split|group|gruppe|"
                    + "time|timezone|zone|timestamp|uhrzeit|zeitzone|buchungszeit|abschlusszeit|zeit|heure|hora|ora|tijd|"
                    + "rate|percent|prozent|kurs|wechselkurs|umrechnungskurs|devisenkurs|cours|koers|cambio|exchange|tax|vat|mwst|ust|\\w*steuer|tva|iva|btw|gst|moms|"
                    + "beschreibung[0-9]*|language|sprache|locale|products?|produkt|items?|plan|menge|quantity|anzahl|"
                    + "balance|saldo|startsaldo|anfangssaldo|solde|disponible|"
                    + "of|the|to|from|von|vom|der|die|des|das|dem|du|de|la|le|les|del|di|van|het|and|und|et|y|for|fur|fuer|per|by|own|eigene[rs]?|other|local|full|first|"
                    + "last|four|parent|or|[0-9]+");

    private static final Pattern DAY = Pattern.compile(
            "\\b(?:valut\\w*|value dat|value date|wert\\w*|date ?val|date valeur|fecha valor|\\w*buchung\\w*|book\\w*|post(?:ed|ing)|transaction|transaktion\\w*|created|started|"
                    + "completed|finished|updated|changed|geandert|operation|effective|invoice|rechnung\\w*|order|arrival|available on|entry date|date|datum|fecha|data|"
                    + "erstellt|exported|abschlussdatum|trade|interest|rentedatum)\\b");

    private static final Pattern OTHER_AMOUNT =
            Pattern.compile("\\b(?:net|netto|gross|brutto|total|\\w*ursprungsbetrag|auslagenersatz)\\b");

    private final CsvRowReader.Rules rules;
    private final List<HeaderName> names;
    private final ServiceKinds service;
    private final Set<Integer> used = new HashSet<>();
    private final Set<Integer> accounts = new TreeSet<>();
    private final Map<Integer, DirectionCodes> kinds = new TreeMap<>();
    private final Set<Integer> answers = new HashSet<>();
    private final Set<Integer> days = new HashSet<>();
    /** Columns of dates whatever they are named, some of which may be empty. */
    private final Set<Integer> otherDays = new HashSet<>();
    /** Columns named as text that are not read as such: an amount in one of them may be the one that counts. */
    private final Set<Integer> texts = new TreeSet<>();

    private final Set<Integer> unknown = new TreeSet<>();

    UnknownColumns(CsvRowReader.Rules rules, List<CsvTable.Row> rows) {
        this.rules = rules;
        this.names = IntStream.range(0, rules.width())
                .mapToObj(column -> HeaderName.of(rules.name(column).orElse("")))
                .toList();
        this.service = ServiceKinds.of(names);
        var date = rules.columns().first(ColumnRole.DATE).orElse(0);
        var body = rows.stream().filter(row -> Dates.isLike(row.cell(date))).toList();
        var purposes = rules.columns().all(ColumnRole.PURPOSE);
        rules.columns()
                .columns()
                .forEach((role, columns) -> columns.stream()
                        .filter(column -> role != ColumnRole.PURPOSE
                                || rules.isGiven()
                                || purposes.size() == 1
                                || (isText(column, body) && !isFlags(names.get(column), filled(column, body))))
                        .forEach(used::add));
        if (purposes.size() > 1) {
            purposes.stream().filter(used::contains).forEach(column -> inspectText(column, body));
        }
        IntStream.range(0, rules.width())
                .filter(column -> !used.contains(column))
                .forEach(column -> inspect(column, body));
        if (rules.isOthersConfirmed()) { // Kinds and answers still classify each row.
            unknown.clear();
            texts.clear();
            days.clear();
            otherDays.clear();
            accounts.clear();
        }
    }

    /** Returns the columns that have content and whose role is neither known by name nor set by a person. */
    Set<Integer> columns() {
        return unknown;
    }

    /** Whether a column is named as text, and does not contain amounts such as that of an invoice. */
    private boolean isText(int column, List<CsvTable.Row> rows) {
        return ColumnNames.isEndToEnd(names.get(column))
                || names.get(column).whole().isEmpty() // Continues a text column; see ColumnDetector.
                || (isNamedAsText(names.get(column))
                        && !rows.stream()
                                .map(row -> row.cell(column))
                                .filter(cell -> !cell.isEmpty())
                                .allMatch(UnknownColumns::isFigure));
    }

    private static boolean isNamedAsText(HeaderName name) {
        return ColumnNames.rank(ColumnRole.PURPOSE, name) >= 0;
    }

    /** Of several text columns, one named for kinds, or with the same few words repeated, contains kinds. */
    private void inspectText(int column, List<CsvTable.Row> rows) {
        var cells = filled(column, rows);
        var isRepeated = cells.stream().distinct().count() < cells.size();
        var isKinds = KnownKinds.isText(names.get(column)) && areMostlyWords(cells);
        if ((isKinds || (isRepeated && isCoded(cells) && cells.stream().allMatch(UnknownColumns::hasFewDigits)))
                && !isPlainWords(names.get(column).whole())
                && !RemarkColumns.is(names.get(column), cells)) {
            kinds.put(column, DirectionCodes.of(cells));
        }
    }

    /** Whether most cells are short, without numbers and labels, unlike free text. */
    private static boolean areMostlyWords(List<String> cells) {
        var words = cells.stream()
                .filter(cell -> cell.length() <= WORD_MAX && cell.indexOf(':') < 0 && hasFewDigits(cell))
                .count();
        return words > 0 && words * 2 >= cells.size();
    }

    private static List<String> filled(int column, List<CsvTable.Row> rows) {
        return rows.stream()
                .map(row -> row.cell(column))
                .filter(cell -> !cell.isEmpty())
                .toList();
    }

    private void inspect(int column, List<CsvTable.Row> rows) {
        var cells = filled(column, rows);
        var name = names.get(column);
        var isJudged = isElsewhere(name)
                || RemarkColumns.is(name, cells)
                || CsvFees.isOfFees(name, cells)
                || service.columns().contains(column);
        if (cells.isEmpty() || cells.stream().allMatch(Currencies::isKnown) || isJudged) {
            return;
        }
        if (KnownKinds.isNamed(name) && !cells.stream().allMatch(UnknownColumns::isFigure)) {
            kinds.put(column, DirectionCodes.of(cells));
        } else if (Markers.isPositive(name)) {
            answers.add(column);
        } else if (isPartlyAccounts(name, cells)) {
            accounts.add(column);
        } else if (isNamedAsText(name) && !isCoded(cells) && !isFlags(name, cells)) {
            texts.add(column);
        } else if ((ColumnNames.isMisfit(name, cells) && !isDay(name, cells)) || isFlags(name, cells)) {
            unknown.add(column);
        } else if (!isPlain(name)
                && !isDay(name, cells)
                && !isOtherAmount(name, cells)
                && !isStripeObject(name, cells)
                && !CardColumns.isFunding(column, names, rows)) {
            unknown.add(column);
        }
        if (ColumnNames.rank(ColumnRole.DATE, name) >= 0 && cells.stream().anyMatch(Dates::isLike)) {
            days.add(column);
        } else if (cells.stream().allMatch(Dates::isLike)) {
            otherDays.add(column);
        }
    }

    /** Whether a column contains dates and has a known name. */
    private static boolean isDay(HeaderName name, List<String> cells) {
        return DAY.matcher(name.whole()).find() && cells.stream().allMatch(Dates::isLike);
    }

    /** Whether a column is named as an amount other than the booked one. */
    private static boolean isOtherAmount(HeaderName name, List<String> cells) {
        return (OTHER_AMOUNT.matcher(name.whole()).find() || ColumnNames.isOtherCurrency(name))
                && cells.stream().allMatch(cell -> isFigure(cell) && !Dates.isLike(cell));
    }

    private static boolean isStripeObject(HeaderName name, List<String> cells) {
        return Set.of("source", "transfer", "destination").contains(name.whole())
                && cells.stream().allMatch(cell -> OBJECT.matcher(cell).matches());
    }

    /** Whether a column's content is already evaluated by its name. */
    private static boolean isElsewhere(HeaderName name) {
        return Markers.isNamed(name) || Markers.isWhenHappened(name) || Markers.isDue(name);
    }

    /** Whether a cell is a date or an amount with decimals. */
    private static boolean isFigure(String cell) {
        return Dates.isLike(cell)
                || (Amounts.isLike(cell) && DECIMALS.matcher(cell).find());
    }

    /** Whether a column of accounts contains words in place of some of them. */
    private static boolean isPartlyAccounts(HeaderName name, List<String> cells) {
        return ColumnNames.rank(ColumnRole.ACCOUNT, name) >= 0
                && !cells.stream().allMatch(UnknownColumns::hasFewDigits)
                && cells.stream().anyMatch(UnknownColumns::hasFewDigits);
    }

    /** Whether a column named as text of one direction has only answers or marks, which mean what its name states. */
    private static boolean isFlags(HeaderName name, List<String> cells) {
        return isNamedAsText(name)
                && ColumnNames.isSided(name)
                && !cells.isEmpty()
                && cells.stream()
                        .map(DoubtfulTerms::fold)
                        .allMatch(cell -> cell.isEmpty()
                                || (StatusVocabulary.isAnswer(cell)
                                        && cell.chars().noneMatch(Character::isDigit)));
    }

    private static boolean isPlain(HeaderName name) {
        return (ColumnNames.isKnown(name) && !isNamedAsText(name))
                || TypeVocabulary.isRecipient(name)
                || TypeVocabulary.isSender(name)
                || TypeVocabulary.isType(name)
                || isPlainWords(name.whole());
    }

    private static boolean isPlainWords(String name) {
        return !name.isEmpty()
                && !ALONE.contains(name)
                && Arrays.stream(name.split(" ", -1))
                        .allMatch(word -> PLAIN.matcher(word).matches() || LocalColumnNames.isPlain(word));
    }

    /** Whether half of the cells are a few recurring words, codes or sentences, rather than free text or identifiers of transactions. */
    private static boolean isCoded(List<String> cells) {
        var words = cells.stream().filter(UnknownColumns::hasFewDigits).toList();
        var different = words.stream().distinct().count();
        var isRepeated = different < words.size();
        return !words.isEmpty()
                && words.size() * 2 >= cells.size()
                && different <= Math.max(FEW, Math.min(FEW_MAX, cells.size() / OF_EACH))
                && words.stream().anyMatch(cell -> isRepeated || cell.length() <= WORD_MAX);
    }

    private static boolean hasFewDigits(String cell) {
        return cell.chars().filter(Character::isDigit).count() < DIGITS_MIN
                && !isFigure(cell)
                && !OBJECT.matcher(cell).matches();
    }

    /** Returns a classified row, marked for review if one of its cells leaves it uncertain whether it is received money. */
    StatementRow checked(CsvTable.Row row, StatementRow judged) {
        return judged instanceof Booked booked && booked.transaction().amount().signum() > 0
                ? doubt(row)
                        .<StatementRow>map(detail -> RunningBalance.review(booked, ReviewReason.COLUMN, detail))
                        .orElse(judged)
                : judged;
    }

    private Optional<String> doubt(CsvTable.Row row) {
        var account = accounts.stream()
                .filter(column ->
                        hasFewDigits(row.cell(column)) && !row.cell(column).isEmpty())
                .map(column -> named(row, column))
                .findFirst();
        var kind = kinds.entrySet().stream()
                .filter(entry -> !row.cell(entry.getKey()).isEmpty()
                        && !isFigure(row.cell(entry.getKey()))
                        && !isUnderstood(row.cell(entry.getKey()), entry.getValue())
                        && !isPayment(names.get(entry.getKey()), row.cell(entry.getKey())))
                .map(entry -> named(row, entry.getKey()))
                .findFirst();
        var answer = answers.stream()
                .sorted()
                .filter(column -> !isYes(row.cell(column)))
                .map(column -> named(row, column))
                .findFirst();
        var day = Stream.concat(
                        days.stream(),
                        otherDays.stream().filter(column -> !row.cell(column).isEmpty()))
                .sorted()
                .filter(column -> !isDay(row.cell(column)))
                .map(column -> named(row, column))
                .findFirst();
        return account.or(() -> unread(row))
                .or(() -> day)
                .or(() -> kind)
                .or(() -> answer)
                .or(() -> texts.stream()
                        .filter(column -> isFigure(row.cell(column)))
                        .map(column -> named(row, column))
                        .findFirst())
                .or(() -> unknown.stream().map(column -> named(row, column)).findFirst());
    }

    private static boolean isPayment(HeaderName name, String cell) {
        return LocalColumnNames.isRowType(name) ? LocalColumnNames.isTransaction(cell) : KnownKinds.isPayment(cell);
    }

    /** Whether a cell is a known word for money that was received or booked. */
    private static boolean isUnderstood(String cell, DirectionCodes codes) {
        var folded = DoubtfulTerms.fold(cell);
        return codes.direction(cell).equals(Optional.of(Direction.IN))
                || TypeVocabulary.isIncoming(folded)
                || StatusVocabulary.isBooked(folded);
    }

    /** Returns a cell that does not fit its column: an account or an id without a digit, or a balance that is not an amount. */
    private Optional<String> unread(CsvTable.Row row) {
        return Stream.concat(
                        cells(row, ColumnRole.IBAN, ColumnRole.BANK_REFERENCE)
                                .filter(cell -> cell.chars().noneMatch(Character::isDigit)
                                        && cell.chars()
                                                        .filter(Character::isLetter)
                                                        .count()
                                                >= LETTERS_MIN
                                        && !CamtTexts.reference(cell).isEmpty()),
                        cells(row, ColumnRole.BALANCE)
                                .filter(cell -> cell.chars().anyMatch(Character::isLetterOrDigit)
                                        && Amounts.parse(cell, rules.mark()).isEmpty()))
                .findFirst();
    }

    private Stream<String> cells(CsvTable.Row row, ColumnRole... roles) {
        return Stream.of(roles)
                .flatMap(role -> rules.columns().all(role).stream())
                .map(row::cell)
                .filter(cell -> !cell.isEmpty());
    }

    /** Whether a cell is a plausible date of an event. */
    private boolean isDay(String cell) {
        return Dates.isLike(cell)
                && Dates.parse(cell, rules.dateOrder())
                        .filter(day -> day.isAfter(rules.today().plusDays(DAYS_AHEAD)))
                        .isEmpty();
    }

    /** Whether a cell affirms what the name of its column states, such as "Cleared". */
    private static boolean isYes(String cell) {
        var folded = DoubtfulTerms.fold(cell);
        return StatusVocabulary.isYes(cell) || StatusVocabulary.isBooked(folded) || isFigure(cell);
    }

    private String named(CsvTable.Row row, int column) {
        var name = rules.name(column).orElse("");
        return (name.isEmpty() ? Integer.toString(column + 1) : name) + ": " + row.cell(column);
    }
}
