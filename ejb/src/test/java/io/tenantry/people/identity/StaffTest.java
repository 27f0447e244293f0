package io.tenantry.people.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.tenancy.Scope;
import io.tenantry.testing.Database;
import org.junit.jupiter.api.Test;

class StaffTest {
    private static final String PIA = "pia@platform.example";

    private final IdentityFixture identityFixture = new IdentityFixture();

    @Test
    void systemIssuesARecoveryLinkForAnOperator() {
        Database.rolledBack(Scope.PLATFORM, () -> {
            var pia = identityFixture.staffMember(PIA, "operator_owner");
            var link = IdentityFixture.asSystem(() -> identityFixture.staff.recoveryLink(" Pia@platform.example "));
            assertThat(link).hasValueSatisfying(made -> {
                assertThat(made.url()).startsWith("http://platform.localhost:8080/link#");
                var secret = made.url().substring(made.url().indexOf('#') + 1);
                assertThat(identityFixture.passwordLinks.open(secret))
                        .hasValueSatisfying(open -> assertThat(open.personId()).isEqualTo(IdentityFixture.id(pia)));
            });
        });
    }

    @Test
    void newerRecoveryLinksReplaceOlderOnes() {
        Database.rolledBack(Scope.PLATFORM, () -> {
            identityFixture.staffMember(PIA, "operator_owner");
            var first = IdentityFixture.asSystem(() -> identityFixture.staff.recoveryLink(PIA))
                    .orElseThrow();
            IdentityFixture.asSystem(() -> identityFixture.staff.recoveryLink(PIA));
            assertThat(identityFixture.passwordLinks.open(
                            first.url().substring(first.url().indexOf('#') + 1)))
                    .isEmpty();
        });
    }

    @Test
    void refusesRecoveryLinksToOperators() {
        Database.rolledBack(Scope.PLATFORM, () -> {
            var pia = identityFixture.staffMember(PIA, "operator_owner");
            assertThatThrownBy(() -> IdentityFixture.as(pia, () -> identityFixture.staff.recoveryLink(PIA)))
                    .isInstanceOf(AccessDeniedException.class);
        });
    }

    @Test
    void issuesNoRecoveryLinkToUnknownOrDisabledOperators() {
        Database.rolledBack(Scope.PLATFORM, () -> {
            var pia = identityFixture.staffMember(PIA, "operator_owner");
            assertThat(IdentityFixture.asSystem(() -> identityFixture.staff.recoveryLink("stranger@platform.example")))
                    .isEmpty();
            assertThat(IdentityFixture.asSystem(() -> identityFixture.staff.recoveryLink("no address")))
                    .isEmpty();
            identityFixture.sql.update("update person set state = 'DISABLED' where id = ?", IdentityFixture.id(pia));
            assertThat(IdentityFixture.asSystem(() -> identityFixture.staff.recoveryLink(PIA)))
                    .isEmpty();
        });
    }

    @Test
    void auditsRecoveryLinksWithoutTheLinkItself() {
        Database.rolledBack(Scope.PLATFORM, () -> {
            var pia = identityFixture.staffMember(PIA, "operator_owner");
            IdentityFixture.asSystem(() -> identityFixture.staff.recoveryLink(PIA));
            var record = identityFixture.sql.first(
                    "select action || ' ' || actor_kind || ' ' || facts fact from audit_record where subject_id = ? order by seq desc limit 1",
                    row -> row.text("fact"),
                    IdentityFixture.id(pia).toString());
            assertThat(record).hasValue("person.link_issued SYSTEM {\"purpose\": \"RESET\"}");
        });
    }
}
