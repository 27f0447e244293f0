package io.tenantry.billing.bank;

import io.tenantry.billing.bank.BankTransactions.MatchReason;
import io.tenantry.billing.bank.ImportPlan.PlanRow;
import io.tenantry.billing.bank.ImportPlan.PlannedRow;
import io.tenantry.billing.bank.PaymentMatcher.Payment;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.time.Ids;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of a draft with their plans: stored when a file is read, and plannedRow again when it is posted. */
final class DraftRows {
    private static final int CHUNK = 1_000;

    private final Sql sql;

    DraftRows(Sql sql) {
        this.sql = sql;
    }

    /** A stored row and the plan that was shown. */
    record DraftRow(UUID id, PlanRow row, PlannedRow plannedRow) {}

    /** Returns the rows of a draft in their order. */
    List<DraftRow> of(UUID importId) {
        return sql.query(
                "select * from bank_row where import_id = ? order by position",
                row -> new DraftRow(
                        row.uuid("id"),
                        new PlanRow(
                                RowKind.valueOf(row.text("kind")),
                                row.text("account"),
                                row.text("key"),
                                row.text("reference_key"),
                                row.maybeDate("booked_on").isPresent()
                                                && row.maybeDecimal("amount").isPresent()
                                                && row.maybeText("currency").isPresent()
                                        ? Optional.of(payment(importId, row))
                                        : Optional.empty()),
                        new PlannedRow(
                                RowPlan.valueOf(row.text("plan")),
                                row.maybeText("match_reason").map(MatchReason::valueOf),
                                row.maybeUuid("organization_id"),
                                row.maybeUuid("counter_id"))),
                importId);
    }

    private static Payment payment(UUID importId, Row row) {
        return new Payment(
                importId,
                row.date("booked_on"),
                new Money(row.decimal("amount"), Currency.getInstance(row.text("currency"))),
                row.text("payer"),
                row.text("iban"),
                row.text("purpose"),
                row.text("raw"));
    }

    /** Stores rows with their plans, in the order of the file. */
    void insert(UUID importId, List<FileRow> rows, List<PlannedRow> plannedRow, Clock clock) {
        var batch = new ArrayList<@Nullable Object[]>();
        for (var at = 0; at < rows.size(); at++) {
            var row = rows.get(at);
            var plan = plannedRow.get(at);
            batch.add(new @Nullable Object[] {
                Ids.next(clock),
                importId,
                at + 1,
                row.lineNumber(),
                row.kind(),
                row.reason(),
                row.detail(),
                row.raw(),
                row.account(),
                row.key(),
                row.referenceKey(),
                row.bookedOn().orElse(null),
                row.amount().orElse(null),
                row.currency().orElse(null),
                row.payer(),
                row.iban(),
                row.words(),
                plan.plan(),
                plan.why().orElse(null),
                plan.organizationId().orElse(null),
                plan.counterId().orElse(null)
            });
            if (batch.size() == CHUNK) {
                insert(batch);
            }
        }
        insert(batch);
    }

    private void insert(List<@Nullable Object[]> batch) {
        if (!batch.isEmpty()) {
            sql.batch("""
                insert into bank_row (id, import_id, position, line_number, kind, reason, detail, raw, account, key, reference_key, booked_on, amount,
                                      currency, payer, iban, purpose, plan, match_reason, organization_id, counter_id)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, List.copyOf(batch));
            batch.clear();
        }
    }

    /**
     * Replaces the plans of rows, limited to what was shown.
     *
     * @param shown the rows with the plans that were shown
     * @param now the plan of each row computed at this moment
     */
    void replan(List<DraftRow> shown, List<PlannedRow> now) {
        var changed = new ArrayList<@Nullable Object[]>();
        for (var at = 0; at < shown.size(); at++) {
            var plannedRow = shown.get(at).plannedRow().atMostShown(now.get(at));
            if (!plannedRow.equals(shown.get(at).plannedRow())) {
                changed.add(new @Nullable Object[] {
                    plannedRow.plan(),
                    plannedRow.why().orElse(null),
                    plannedRow.organizationId().orElse(null),
                    plannedRow.counterId().orElse(null),
                    shown.get(at).id()
                });
            }
        }
        sql.batch(
                "update bank_row set plan = ?, match_reason = ?, organization_id = ?, counter_id = ? where id = ?",
                changed);
    }
}
