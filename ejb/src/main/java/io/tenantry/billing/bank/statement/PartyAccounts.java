package io.tenantry.billing.bank.statement;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Whose accounts the columns of accounts name. Names such as "IBAN" or "Account number" are used for the account of the payer and for that of
 * the reseller. An account taken for the payer's by mistake would suggest the same customer for the payments of strangers.
 *
 * @param columns without a column that names the reseller's account in place of the payer's; that column is the account of the statement, if
 *     nothing else states it
 * @param cells all columns whose names may denote the payer's account
 * @param unread columns that may name the reseller's account
 * @param uncertain columns that only differing accounts show to be the payer's
 * @param sides which columns name the other party
 */
record PartyAccounts(
        ColumnMapping columns, List<Integer> cells, Set<Integer> unread, Set<Integer> uncertain, PartySides sides) {
    /** A few accounts have several holders, but most payers' accounts have one. */
    private static final int SHARED_MAX = 10;

    /**
     * Judges the columns of accounts.
     *
     * @param isAccountKnown whether something else states the account of the statement
     */
    static PartyAccounts of(
            ColumnMapping columns,
            List<String> names,
            List<CsvTable.Row> rows,
            OwnAccount own,
            OwnName ownName,
            boolean isAccountKnown) {
        var sides = PartySides.of(columns, names, ownName);
        var unread = new TreeSet<Integer>();
        var uncertain = new TreeSet<Integer>();
        var statement = new ArrayList<Integer>();
        for (var column : columns.all(ColumnRole.IBAN)) {
            var name = name(names, column);
            if (!ColumnNames.isOtherParty(name)) {
                var values = values(rows, column, name);
                var distinct = Set.copyOf(values);
                var isConstant = distinct.size() == 1;
                var isOwn = distinct.stream().allMatch(own::is);
                if (isConstant && (values.size() > 1 || isOwn)) {
                    statement.add(column);
                } else if (isConstant || isOwn || isShared(rows, column, sides, distinct)) {
                    unread.add(column);
                }
                uncertain.add(column);
            }
        }
        var cells = Stream.of(ColumnRole.IBAN, ColumnRole.ACCOUNT)
                .flatMap(role ->
                        columns.all(role).stream().filter(column -> role == ColumnRole.IBAN || isNamed(names, column)))
                .toList();
        if (!isAccountKnown
                && !columns.has(ColumnRole.ACCOUNT)
                && statement.size() == 1
                && isNamed(names, statement.get(0))) {
            return new PartyAccounts(moved(columns, statement.get(0)), cells, unread, uncertain, sides);
        }
        unread.addAll(statement);
        return new PartyAccounts(columns, cells, unread, uncertain, sides);
    }

    private static boolean isNamed(List<String> names, int column) {
        return ColumnNames.rank(ColumnRole.IBAN, name(names, column)) >= 0;
    }

    private static HeaderName name(List<String> names, int column) {
        return HeaderName.of(column < names.size() ? names.get(column) : "");
    }

    private static List<String> values(List<CsvTable.Row> rows, int column, HeaderName name) {
        return rows.stream()
                .filter(row -> row.filled() > 2)
                .map(row -> row.cell(column))
                .filter(cell -> !cell.isEmpty() && !DoubtfulTerms.fold(cell).equals(name.whole()))
                .map(OwnAccount::packed)
                .toList();
    }

    /** Whether several parties share an account, or, if no party is named, most accounts occur several times: they are the reseller's. */
    private static boolean isShared(List<CsvTable.Row> rows, int column, PartySides sides, Set<String> accounts) {
        var parties = new HashMap<String, Set<String>>();
        var filled = 0;
        for (var row : rows) {
            var account = OwnAccount.packed(row.cell(column));
            if (accounts.contains(account)) {
                filled++;
                var party = sides.name(row, sides.isOut(row));
                if (!party.isEmpty() && !sides.own().is(party)) {
                    parties.computeIfAbsent(account, none -> new HashSet<>()).add(Counterparts.sorted(party));
                }
            }
        }
        if (parties.isEmpty()) {
            return accounts.size() * 2 <= filled;
        }
        var shared = parties.values().stream().filter(names -> names.size() > 1).count();
        return shared * SHARED_MAX > accounts.size();
    }

    private static ColumnMapping moved(ColumnMapping columns, int column) {
        var moved = new EnumMap<ColumnRole, List<Integer>>(ColumnRole.class);
        moved.putAll(columns.columns());
        moved.put(
                ColumnRole.IBAN,
                columns.all(ColumnRole.IBAN).stream()
                        .filter(each -> each != column)
                        .toList());
        moved.put(ColumnRole.ACCOUNT, List.of(column));
        return new ColumnMapping(Map.copyOf(moved));
    }
}
