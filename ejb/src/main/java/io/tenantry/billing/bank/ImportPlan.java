package io.tenantry.billing.bank;

import io.tenantry.billing.bank.BankTransactions.MatchReason;
import io.tenantry.billing.bank.PaymentMatcher.Match;
import io.tenantry.billing.bank.PaymentMatcher.Payment;
import io.tenantry.tenancy.Sql;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Plans what each row of a bank file becomes when the file is posted. Changes nothing. */
final class ImportPlan {
    /** Plan of a row, with its certainty and the actual or possible customer. */
    record PlannedRow(
            RowPlan plan, Optional<MatchReason> why, Optional<UUID> organizationId, Optional<UUID> counterId) {
        private static PlannedRow of(RowPlan plan) {
            return new PlannedRow(plan, Optional.empty(), Optional.empty(), Optional.empty());
        }

        private static PlannedRow of(RowPlan plan, Match match) {
            return new PlannedRow(plan, Optional.of(match.why()), match.organizationId(), match.counterId());
        }

        /**
         * Limits the current plan to what was shown: money that was not shown as a credit to the same customer waits instead.
         *
         * @param now the plan computed at this moment
         */
        PlannedRow atMostShown(PlannedRow now) {
            if (now.plan() != RowPlan.CREDIT
                    || (plan == RowPlan.CREDIT && organizationId.equals(now.organizationId()))) {
                return now;
            }
            return new PlannedRow(
                    RowPlan.ASSIGN, Optional.of(MatchReason.CHANGED), now.organizationId(), Optional.empty());
        }
    }

    /**
     * A row to be planned.
     *
     * @param key identifies the row when it is imported again
     * @param referenceKey identifies the row regardless of its booking day; empty if the bank gave no reference
     * @param payment the payment that it is, or may be if it needs review; empty if too little of it is certain
     */
    record PlanRow(RowKind kind, String account, String key, String referenceKey, Optional<Payment> payment) {}

    private final Sql sql;

    ImportPlan(Sql sql) {
        this.sql = sql;
    }

    /**
     * Returns the plan of each row, in the order of the rows.
     *
     * @param isHeld whether automatic credits are prevented, because the file's own totals show that it was not read correctly
     */
    List<PlannedRow> of(List<PlanRow> rows, boolean isHeld) {
        var known = known(rows);
        var places = new ArrayList<Integer>();
        var planned = new HashMap<Integer, PlannedRow>();
        for (var at = 0; at < rows.size(); at++) {
            var row = rows.get(at);
            if (row.kind() == RowKind.SKIPPED) {
                planned.put(at, PlannedRow.of(RowPlan.SKIPPED));
            } else if (known.contains(row.account() + "\n" + row.key())) {
                planned.put(at, PlannedRow.of(RowPlan.KNOWN));
            } else if (row.kind() == RowKind.REVIEW) {
                planned.put(at, PlannedRow.of(RowPlan.REVIEW));
            } else {
                places.add(at);
            }
        }
        var matches = new PaymentMatcher(sql)
                .match(places.stream()
                        .map(at -> rows.get(at).payment().orElseThrow())
                        .toList());
        var repeated = repeated(places.stream().map(rows::get).toList());
        for (var at = 0; at < places.size(); at++) {
            var plan = planned(matches.get(at), isHeld);
            planned.put(
                    places.get(at),
                    plan.plan() == RowPlan.CREDIT
                                    && repeated.contains(
                                            rows.get(places.get(at)).referenceKey())
                            ? new PlannedRow(
                                    RowPlan.ASSIGN,
                                    Optional.of(MatchReason.SIMILAR),
                                    plan.organizationId(),
                                    Optional.empty())
                            : plan);
        }
        reviewed(rows, planned);
        return Stream.iterate(0, at -> at < rows.size(), at -> at + 1)
                .map(planned::get)
                .toList();
    }

    /** Links rows that need review to the movement that they return, or that returned them. */
    private void reviewed(List<PlanRow> rows, Map<Integer, PlannedRow> planned) {
        var places = new ArrayList<Integer>();
        for (var at = 0; at < rows.size(); at++) {
            if (rows.get(at).kind() == RowKind.REVIEW && rows.get(at).payment().isPresent()) {
                places.add(at);
            }
        }
        var payments =
                places.stream().map(at -> rows.get(at).payment().orElseThrow()).toList();
        new KnownCounterparts(sql)
                .of(payments)
                .forEach((place, counter) -> planned.computeIfPresent(
                        places.get(place),
                        (at, plan) ->
                                new PlannedRow(plan.plan(), plan.why(), plan.organizationId(), counter.lineId())));
    }

    private static PlannedRow planned(Match match, boolean isHeld) {
        return switch (match.why()) {
            case OUTGOING -> PlannedRow.of(RowPlan.OUTGOING, match);
            case REFERENCE ->
                isHeld
                        ? new PlannedRow(
                                RowPlan.ASSIGN,
                                Optional.of(MatchReason.TOTALS),
                                match.organizationId(),
                                Optional.empty())
                        : PlannedRow.of(RowPlan.CREDIT, match);
            default -> PlannedRow.of(RowPlan.ASSIGN, match);
        };
    }

    /** Returns bank references that another file has with the same amount, perhaps on another day, or that this file has twice. */
    private Set<String> repeated(List<PlanRow> rows) {
        var keys = new HashSet<String>();
        var repeated = new HashSet<String>();
        for (var row : rows) {
            if (!row.referenceKey().isEmpty() && !keys.add(row.referenceKey())) {
                repeated.add(row.referenceKey());
            }
        }
        if (!keys.isEmpty()) {
            repeated.addAll(sql.query(
                    """
                    select reference_key from bank_transaction where reference_key = any (?) and reference_key <> ''
                     union
                    select reference_key from bank_row
                     where reference_key = any (?) and reference_key <> '' and review in ('OPEN', 'DISCARDED')
                    """, row -> row.text("reference_key"), keys.toArray(String[]::new), keys.toArray(String[]::new)));
        }
        return repeated;
    }

    /** Returns the keys of rows posted before: lines, also of files that did not show their account ("-"), and rows under review. */
    private Set<String> known(List<PlanRow> rows) {
        var keyed = rows.stream().filter(row -> !row.key().isEmpty()).toList();
        var accounts = keyed.stream().map(PlanRow::account).toArray(String[]::new);
        var keys = keyed.stream().map(PlanRow::key).toArray(String[]::new);
        return new HashSet<>(sql.query("""
                select t.account, t.key
                  from unnest(cast(? as text[]), cast(? as text[])) t (account, key)
                 where exists (select from bank_transaction l where l.account in (t.account, '-') and l.key = t.key)
                    or exists (select from bank_row r
                                where r.kind = 'REVIEW' and r.review is not null and r.account = t.account and r.key = t.key)
                """, row -> row.text("account") + "\n" + row.text("key"), accounts, keys));
    }
}
