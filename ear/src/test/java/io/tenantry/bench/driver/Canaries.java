package io.tenantry.bench.driver;

import io.tenantry.billing.wallet.Wallets;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.ApiKeys;
import io.tenantry.people.identity.InvitationOutcome;
import io.tenantry.people.identity.Members;
import io.tenantry.people.identity.Organizations;
import io.tenantry.people.identity.PasswordLinks;
import io.tenantry.people.identity.PasswordReset;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantId;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.UUID;

/**
 * Gives a crowd's tenant people and keys, and writes its slug into every readable text: one tenant's slug in a response to another reveals a
 * leak.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Canaries {
    static final String PASSWORD = "orbit-teapot-nine";

    private static final UUID ORGANIZATION = UUID.fromString("01900000-0000-7000-8001-000000000000");
    private static final UUID WALLET = UUID.fromString("01900000-0000-7000-8002-000000000000");
    private static final UUID SERVICE = UUID.fromString("01900000-0000-7000-8003-000000000000");

    @Inject
    Sql sql;

    @Inject
    Organizations organizations;

    @Inject
    Members members;

    @Inject
    PasswordLinks passwordLinks;

    @Inject
    PasswordReset choice;

    @Inject
    ApiKeys keys;

    @Inject
    Wallets wallets;

    /**
     * Plants the canaries.
     *
     * @return a member's key, a staff key, and the identifiers shared by all tenants: organization, wallet, service
     */
    public String plant(TenantId tenant) {
        var slug = tenant.value();
        try (var actorScope = Actors.enter(Actor.system("canaries"));
                var enteredScope = Tenancy.enter(tenant)) {
            sql.update(
                    "update organization set name = ? || ' ' || name, billing_email = 'billing@' || ? || '.example'",
                    slug,
                    slug);
            sql.update("update service set name = ? || '-' || name", slug);
            sql.update("update plan set name = ? || ' ' || name", slug);
            sql.update("update region set name = ? || ' ' || name", slug);
            wallets.credit(new Wallets.Movement(
                    WALLET, Money.of("1", "USD"), Wallets.Counterpart.CASH, "gift of " + slug, "canary"));
            var hash = choice.hash(PASSWORD);
            var staff = sql.one("select person_id from staff_member limit 1", row -> row.uuid("person_id"));
            passwordLinks.setByTheSystem(staff, hash);
            var invited = (InvitationOutcome.Invited)
                    members.invite(ORGANIZATION, "member@" + slug + ".example", "Member of " + slug, "owner");
            passwordLinks.setByTheSystem(invited.personId(), hash);
            var ofMember = key(Actor.Kind.MEMBER, invited.personId(), slug, true);
            var ofStaff = key(Actor.Kind.STAFF, staff, slug, false);
            return String.join("\t", ofMember, ofStaff, ORGANIZATION.toString(), WALLET.toString(), SERVICE.toString());
        }
    }

    private String key(Actor.Kind kind, UUID person, String slug, boolean isOfOrganization) {
        try (var actorScope = Actors.enter(new Actor(kind, person, "Somebody of " + slug))) {
            return isOfOrganization
                    ? keys.create("key of " + slug, ORGANIZATION, Set.copyOf(Permission.OF_ORGANIZATIONS), null)
                            .text()
                    : keys.create("key of " + slug, null, Set.copyOf(Permission.OF_STAFF), null)
                            .text();
        }
    }
}
