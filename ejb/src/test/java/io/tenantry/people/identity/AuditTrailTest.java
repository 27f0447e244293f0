package io.tenantry.people.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.audit.RequestOrigin;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.SqlFailure;
import io.tenantry.testing.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The chain of records, in borealis, where no other test writes records while these run. */
class AuditTrailTest {
    private static final Actor ADA = new Actor(Actor.Kind.STAFF, UUID.randomUUID(), "Ada");

    private final IdentityFixture identityFixture = new IdentityFixture();

    @BeforeEach
    @AfterEach
    void clearTrail() {
        RequestOrigin.clear();
        Database.asOwner("truncate t_borealis.audit_record");
    }

    @Test
    void recordsActorActionSubjectFactsAndOrigin() {
        RequestOrigin.enter(new RequestOrigin("192.0.2.9", "req-1"));
        record(ADA, "plan.published", "plan", "p1", Map.of("price", "4.00", "note", "line\nbreak"));
        var entry = page().get(0);
        assertThat(entry.actorId()).contains(IdentityFixture.id(ADA));
        assertThat(entry.actorKind()).isEqualTo("STAFF");
        assertThat(entry.action()).isEqualTo("plan.published");
        assertThat(entry.facts()).isEqualTo("{\"note\": \"line break\", \"price\": \"4.00\"}");
        assertThat(entry.address()).contains("192.0.2.9");
        assertThat(entry.requestId()).contains("req-1");
    }

    @Test
    void rollsBackWithItsTransaction() {
        assertThatThrownBy(() -> Database.run(Database.BOREALIS, () -> {
                    identityFixture.audit.record("plan.retired", "plan", UUID.randomUUID());
                    throw new IllegalStateException("the action failed");
                }))
                .hasMessage("the action failed");
        assertThat(page()).isEmpty();
    }

    @Test
    void chainsRecordsWrittenAtTheSameTimeWithoutGaps() throws Exception {
        var work = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < 40; i++) {
            work.add(() -> {
                record(ADA, "plan.published", "plan", "p", Map.of());
                return true;
            });
        }
        PasswordAuthenticationTest.atOnce(work);
        assertThat(page()).hasSize(40).extracting(AuditTrail.Entry::seq).contains(1L, 40L);
        assertThat(fault()).isEmpty();
    }

    @Test
    void detectsAChangedRecord() {
        recordThree();
        Database.asOwner("update t_borealis.audit_record set actor_name = 'Mallory' where seq = 2");
        assertThat(fault()).contains(new AuditTrail.Fault(2, AuditTrail.Break.CHANGED));
    }

    @Test
    void detectsAMissingRecordEvenAfterRenumbering() {
        recordThree();
        Database.asOwner("delete from t_borealis.audit_record where seq = 2");
        assertThat(fault()).contains(new AuditTrail.Fault(3, AuditTrail.Break.GAP));
        Database.asOwner("update t_borealis.audit_record set seq = 2 where seq = 3");
        assertThat(fault()).contains(new AuditTrail.Fault(2, AuditTrail.Break.DETACHED));
    }

    @Test
    void detectsSwappedRecords() {
        recordThree();
        Database.asOwner("update t_borealis.audit_record set seq = 10 where seq = 1");
        Database.asOwner("update t_borealis.audit_record set seq = 1 where seq = 2");
        Database.asOwner("update t_borealis.audit_record set seq = 2 where seq = 10");
        assertThat(fault()).isPresent();
    }

    @Test
    void detectsATruncatedChainByAnExternallyStoredHead() {
        recordThree();
        var head = Database.in(Database.BOREALIS, identityFixture.audit::head);
        Database.asOwner("delete from t_borealis.audit_record where seq = 3");
        assertThat(fault()).isEmpty();
        assertThat(Database.in(Database.BOREALIS, identityFixture.audit::head)).isNotEqualTo(head);
    }

    @Test
    void applicationRoleCannotChangeRecords() {
        recordThree();
        for (var statement : List.of(
                "update audit_record set actor_name = 'x'", "delete from audit_record", "truncate audit_record")) {
            assertThatThrownBy(() -> Database.run(Database.BOREALIS, () -> identityFixture.sql.update(statement)))
                    .isInstanceOf(SqlFailure.class)
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void findsRecordsByActionAndSubject() {
        recordThree();
        record(ADA, "wallet.credited", "wallet", "w1", Map.of());
        Database.run(Database.BOREALIS, () -> {
            assertThat(identityFixture
                            .audit
                            .find(ListQuery.of(2).with(AuditTrail.AREA, "plan"))
                            .total())
                    .isEqualTo(3);
            assertThat(identityFixture
                            .audit
                            .find(ListQuery.of(10).with(AuditTrail.AREA, "pla"))
                            .total())
                    .isZero();
            assertThat(identityFixture.audit.rows(ListQuery.of(10).with(AuditTrail.SUBJECT, "w1")))
                    .hasSize(1);
            assertThat(identityFixture.audit.rows(ListQuery.of(10).with(AuditTrail.WHO, "SYSTEM")))
                    .extracting(AuditTrail.Entry::action)
                    .containsExactly("plan.retired");
            assertThat(identityFixture.audit.rows(ListQuery.of(1).part(2, 1)))
                    .extracting(AuditTrail.Entry::seq)
                    .containsExactly(2L);
            assertThat(identityFixture.audit.rows(
                            new ListQuery("ada", Map.of(AuditTrail.SINCE, "1"), "at", false, 0, 9)))
                    .extracting(AuditTrail.Entry::seq)
                    .containsExactly(1L, 2L, 4L);
            assertThat(identityFixture.audit.areas()).containsExactly("plan", "wallet");
        });
    }

    @Test
    void pagesByKeyRegardlessOfNewerRecords() {
        recordThree();
        var first = Database.in(Database.BOREALIS, () -> identityFixture.audit.rows(ListQuery.of(2)));
        record(ADA, "wallet.credited", "wallet", "w1", Map.of());
        var behind = ListQuery.of(2)
                .with(AuditTrail.BEFORE, Long.toString(first.get(1).seq()));
        assertThat(Database.in(Database.BOREALIS, () -> identityFixture.audit.rows(behind)))
                .extracting(AuditTrail.Entry::seq)
                .containsExactly(first.get(1).seq() - 1);
        assertThat(Database.in(
                        Database.BOREALIS,
                        () -> identityFixture.audit.rows(ListQuery.of(9).with(AuditTrail.BEFORE, "x"))))
                .hasSize(4);
    }

    private void recordThree() {
        record(ADA, "plan.published", "plan", "p1", Map.of("price", "1"));
        record(ADA, "plan.published", "plan", "p2", Map.of("price", "2"));
        record(Actor.system("charging"), "plan.retired", "plan", "p1", Map.of());
    }

    private void record(Actor actor, String action, String kind, String id, Map<String, ?> facts) {
        Database.run(
                Database.BOREALIS,
                () -> IdentityFixture.run(actor, () -> identityFixture.audit.record(action, kind, id, facts)));
    }

    private List<AuditTrail.Entry> page() {
        return Database.in(Database.BOREALIS, () -> identityFixture.audit.rows(ListQuery.of(200)));
    }

    private Optional<AuditTrail.Fault> fault() {
        return Database.in(Database.BOREALIS, identityFixture.audit::verifyChain);
    }
}
