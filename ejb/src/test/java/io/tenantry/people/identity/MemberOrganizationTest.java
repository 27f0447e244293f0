package io.tenantry.people.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.testing.Database;
import org.junit.jupiter.api.Test;

class MemberOrganizationTest {
    private final IdentityFixture identityFixture = new IdentityFixture();

    @Test
    void assignsMembersOfSeveralOrganizationsToOneConsistently() {
        var shares = new MemberOrganization();
        shares.access = new Access(identityFixture.sql);
        Database.rolledBack(Database.AURORA, () -> {
            var first = identityFixture.customer("first@shares.example");
            var second = identityFixture.customer("second@shares.example");
            IdentityFixture.run(
                    second.owner(), () -> assertThat(shares.organization()).contains(second.organizationId()));
            identityFixture.sql.update(
                    "insert into membership (organization_id, person_id, role, joined_at) values (?, ?, 'viewer', now())",
                    first.organizationId(),
                    IdentityFixture.id(second.owner()));
            IdentityFixture.run(
                    second.owner(),
                    () -> assertThat(shares.organization())
                            .contains(
                                    first.organizationId().compareTo(second.organizationId()) < 0
                                            ? first.organizationId()
                                            : second.organizationId()));
            var staff = identityFixture.staffMember("sam@shares-staff.example", "staff_support");
            IdentityFixture.run(staff, () -> assertThat(shares.organization()).isEmpty());
        });
    }

    @Test
    void recognizesRefusals() {
        var shares = new MemberOrganization();
        assertThat(shares.isRefusal(new NotFoundException("file", "x"))).isTrue();
        assertThat(shares.isRefusal(new AccessDeniedException("x"))).isTrue();
        assertThat(shares.isRefusal(new IllegalStateException())).isFalse();
    }
}
