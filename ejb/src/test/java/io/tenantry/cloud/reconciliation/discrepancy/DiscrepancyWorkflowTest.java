package io.tenantry.cloud.reconciliation.discrepancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.provider.account.ProviderAccountFixture;
import io.tenantry.cloud.reconciliation.discrepancy.DiscrepancyHistory.State;
import io.tenantry.config.Settings;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import io.tenantry.testing.Database;
import io.tenantry.workqueue.WorkItems;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Decisions on discrepancies, in each of their tables. */
class DiscrepancyWorkflowTest {
    private static final Sql SQL = new Sql(Database.runtime());

    private static final WorkItems ITEMS =
            new WorkItems(SQL, new Settings(Map.of("tenantry.node", "one")::get, name -> null));

    private enum Table {
        SERVER_DISCREPANCY("""
                insert into server_discrepancy (id, account, kind, provider_ref, resource_tag, name, expected, seen, times, first_seen_at, last_seen_at, since,
                                     seen_until, confirmed_at)
                values (?, 'elsewhere', 'DRIFT_POWER', '1', 'svc-1', 'web', 'on', 'off', 2, now(), now(), now(), now(), now())
                """),
        ADDON_DISCREPANCY("""
                insert into addon_discrepancy (id, account, addon_kind, kind, provider_ref, resource_tag, name, expected_gib, seen_gib, first_seen_at,
                                            last_seen_at, since, confirmed_at)
                values (?, 'elsewhere', 'BACKUP', 'MISSING', '1', 'svc-1', 'web', 1, 0, now(), now(), now(), now())
                """);

        private final String insertion;

        Table(String insertion) {
            this.insertion = insertion;
        }

        DiscrepancyWorkflow workflow() {
            return new DiscrepancyWorkflow(name().toLowerCase(Locale.ROOT), "rehearse");
        }

        /** Creates a confirmed discrepancy. */
        UUID createDiscrepancy() {
            var id = UUID.randomUUID();
            SQL.update(insertion, id);
            return id;
        }

        DiscrepancyHistory history(UUID id) {
            return SQL.one(
                    "select " + DiscrepancyHistory.COLUMNS + " from " + this + " f where f.id = ?",
                    DiscrepancyHistory::of,
                    id);
        }
    }

    @ParameterizedTest
    @EnumSource
    void dismissalReplacesARepairAndNamesItsAuthor(Table table) {
        asAda(() -> {
            var id = table.createDiscrepancy();
            table.workflow().order(SQL, ITEMS, id, RepairAction.SWITCH, "Ada");
            table.workflow().dismiss(SQL, id, "as agreed");

            var discrepancyHistory = table.history(id);
            assertThat(discrepancyHistory.state()).isEqualTo(State.DISMISSED);
            assertThat(discrepancyHistory.dismissed().at()).isPresent();
            assertThat(discrepancyHistory.dismissed().by()).contains("Ada");
            assertThat(discrepancyHistory.reason()).contains("as agreed");
            assertThat(discrepancyHistory.repairAction()).isEmpty();
            assertThat(discrepancyHistory.asked().by()).isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource
    void reopeningRestoresTheStateBeforeTheDismissal(Table table) {
        asAda(() -> {
            var id = table.createDiscrepancy();
            var before = table.history(id);
            table.workflow().dismiss(SQL, id, "as agreed");
            assertThat(table.history(id)).isNotEqualTo(before);

            table.workflow().takeUp(SQL, id);
            assertThat(table.history(id)).isEqualTo(before);
        });
    }

    @ParameterizedTest
    @EnumSource
    void resolutionRecordsOutcomeAndAuthor(Table table) {
        asAda(() -> {
            var id = table.createDiscrepancy();
            table.workflow().resolve(SQL, id, "ACCEPTED");

            var discrepancyHistory = table.history(id);
            assertThat(discrepancyHistory.state()).isEqualTo(State.RESOLVED);
            assertThat(discrepancyHistory.resolution()).contains("ACCEPTED");
            assertThat(discrepancyHistory.resolved().at()).isPresent();
            assertThat(discrepancyHistory.resolved().by()).contains("Ada");
        });
    }

    @ParameterizedTest
    @EnumSource
    void createsSeparateWorkForEveryRepair(Table table) {
        asAda(() -> {
            var id = table.createDiscrepancy();
            table.workflow().order(SQL, ITEMS, id, RepairAction.SWITCH, "Ada");
            var unused = table.workflow().ask(SQL, id);
            table.workflow().order(SQL, ITEMS, id, RepairAction.SWITCH, "Bert");

            assertThat(table.history(id).repairAction()).contains(RepairAction.SWITCH);
            assertThat(table.history(id).asked())
                    .isEqualTo(new DiscrepancyHistory.Decision(Optional.empty(), Optional.of("Bert")));
            assertThat(SQL.query(
                            "select kind || ' ' || key as item from work.work_item where subject = ? order by id",
                            row -> row.text("item"),
                            id))
                    .containsExactly("rehearse " + id + ":1", "rehearse " + id + ":2");
        });
    }

    @ParameterizedTest
    @EnumSource
    void countsTheWaitingTimeFromTheFirstRequest(Table table) {
        asAda(() -> {
            var id = table.createDiscrepancy();
            table.workflow().order(SQL, ITEMS, id, RepairAction.SWITCH, "Ada");
            assertThat(table.workflow().ask(SQL, id)).isLessThan(Duration.ofMinutes(1));
            SQL.update("update " + table + " set requested_at = requested_at - interval '1 hour' where id = ?", id);
            var asked = table.history(id).asked();

            assertThat(table.workflow().ask(SQL, id)).isBetween(Duration.ofHours(1), Duration.ofMinutes(61));
            assertThat(table.history(id).asked()).isEqualTo(asked);
        });
    }

    @ParameterizedTest
    @EnumSource
    void auditsWithTheNameOfItsTable(Table table) {
        asAda(() -> {
            var audit = new AuditTrail();
            ProviderAccountFixture.inject(audit, "sql", SQL);
            var id = UUID.randomUUID();

            assertThat(table.workflow().done(SQL, audit, "rehearsed", id, Map.of("kind", "SIZE")))
                    .isEqualTo(ResolutionOutcome.DONE);
            assertThat(SQL.query(
                            "select concat_ws(' ', actor_name, action, subject_kind) as line from audit_record where subject_id = ?",
                            row -> row.text("line"),
                            id.toString()))
                    .containsExactly("Ada rehearsed " + table.workflow().table());
        });
    }

    /** Everything is rolled back. */
    private static void asAda(Runnable actions) {
        try (var actorScope = Actors.enter(new Actor(Actor.Kind.STAFF, UUID.randomUUID(), "Ada"))) {
            Database.rolledBack(Database.AURORA, actions);
        }
    }
}
