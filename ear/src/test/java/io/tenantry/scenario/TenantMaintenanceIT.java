package io.tenantry.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.offboarding.DeletionWork;
import io.tenantry.admin.offboarding.Export;
import io.tenantry.admin.offboarding.ExportWork;
import io.tenantry.admin.offboarding.TenantDeletion;
import io.tenantry.admin.offboarding.TenantExports;
import io.tenantry.admin.platform.HostClaim;
import io.tenantry.admin.platform.TenantDraft;
import io.tenantry.admin.platform.TenantHosts;
import io.tenantry.admin.platform.TenantHosts.Outcome;
import io.tenantry.admin.platform.TenantOwners;
import io.tenantry.admin.platform.Tenants;
import io.tenantry.it.Deployments;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.InvitationOutcome;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.TeamMember;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.SqlFailure;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import jakarta.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** Operators' changes of a reseller: its hosts, name and owners. */
class TenantMaintenanceIT extends Deployments {
    private static final Instant NOON = Instant.parse("2027-05-10T12:00:00Z");

    @Test
    void invitesOwnerAndSendsLinksByMailOnly() {
        var tenant = reseller("care-a");
        var first = owners(tenant).get(0);

        var sent = as(() -> bean(TenantOwners.class).sendLink(tenant, first.personId()))
                .orElseThrow();
        expireInvitations(tenant);
        var invited = as(() -> (InvitationOutcome.Invited)
                bean(TenantOwners.class).invite(tenant, "new.owner@care-a.example", "Nina New"));

        assertThat(invited.mailedTo()).contains("new.owner@care-a.example");
        assertThat(invited.shown()).isEmpty();
        assertThat(sent.mailedTo()).contains(first.email());
        assertThat(sent.shown()).isEmpty();
        assertThat(owners(tenant)).extracting(TeamMember::name).containsExactlyInAnyOrder(first.name(), "Nina New");
        assertThat(story().texts(
                                Scope.of(tenant),
                                "select recipient as text from mail where recipient = ?",
                                "new.owner@care-a.example"))
                .hasSize(1);
        assertThat(trail(tenant)).contains("tenant.owner_invited", "tenant.owner_link_sent");
    }

    @Test
    void rejectsSecondOwnerInvitation() {
        var tenant = reseller("care-j");

        assertThat(as(() -> bean(TenantOwners.class).invite(tenant, "me@operator.example", "Olga Operator")))
                .isEqualTo(new InvitationOutcome.OwnerThere());

        assertThat(owners(tenant)).hasSize(1);
        assertThat(trail(tenant)).doesNotContain("tenant.owner_invited");
    }

    @Test
    void invalidAddressOrForeignOwnerChangesNothing() {
        var tenant = reseller("care-b");
        var other = reseller("care-c");
        var stranger = owners(other).get(0).personId();
        expireInvitations(tenant);

        assertThat(as(() -> bean(TenantOwners.class).invite(tenant, "no address", "Nina New")))
                .isEqualTo(new InvitationOutcome.Invalid(InvitationOutcome.Field.EMAIL));
        for (var person : List.of(stranger, UUID.randomUUID())) {
            assertThatThrownBy(() -> as(() -> bean(TenantOwners.class).sendLink(tenant, person)))
                    .isInstanceOf(NotFoundException.class);
        }
        assertThatThrownBy(() -> as(() -> bean(TenantOwners.class).sendLink(new TenantId("nobody-at-all"), stranger)))
                .isInstanceOf(NotFoundException.class);
        assertThat(owners(tenant)).hasSize(1);
        assertThat(trail(tenant)).doesNotContain("tenant.owner_invited", "tenant.owner_link_sent");
    }

    @Test
    void hostWorksOnlyOnceVouchedFor() {
        var tenant = reseller("care-d");
        var host = "cloud.care-d.example";

        var claimed = as(() -> hosts().add(tenant, " Cloud.Care-D.example. "));

        assertThat(claimed).isInstanceOf(Outcome.Claimed.class);
        assertThat(as(() -> hosts().claims(tenant))).extracting(HostClaim::host).containsExactly(host);
        assertThat(bean(TenantDirectory.class).byHost(host)).isEmpty();

        assertThat(as(() -> hosts().vouch(tenant, host))).isInstanceOf(Outcome.Done.class);

        assertThat(bean(TenantDirectory.class).byHost(host)).map(Tenant::id).contains(tenant);
        assertThat(as(() -> hosts().claims(tenant))).isEmpty();
        assertThat(as(() -> hosts().makePrimary(tenant, host))).isInstanceOf(Outcome.Done.class);
        assertThat(primary(tenant)).isEqualTo(host);
        assertThat(as(() -> hosts().remove(tenant, host))).isInstanceOf(Outcome.IsPrimary.class);
        assertThat(as(() -> hosts().remove(tenant, "care-d.localhost"))).isInstanceOf(Outcome.Done.class);
        assertThat(bean(TenantDirectory.class).byHost("care-d.localhost")).isEmpty();
        assertThat(trail(tenant))
                .contains(
                        "tenant.host_claimed", "tenant.host_added", "tenant.host_made_primary", "tenant.host_removed");
    }

    @Test
    void hostBelongsToOneResellerAtMost() {
        var tenant = reseller("care-e");
        var rival = reseller("care-f");
        var host = "shop.care-e.example";
        as(() -> hosts().add(tenant, host));
        as(() -> hosts().add(rival, host));
        as(() -> hosts().vouch(tenant, host));

        var again = as(() -> hosts().add(rival, host));

        assertThatThrownBy(() -> as(() -> hosts().vouch(rival, host))).isInstanceOf(NotFoundException.class);
        assertThat(again).isEqualTo(new Outcome.Invalid(TenantDraft.FaultKind.TAKEN, host));
        assertThat(bean(TenantDirectory.class).byHost(host)).map(Tenant::id).contains(tenant);
    }

    @Test
    void rejectsInvalidNames() {
        var tenant = reseller("care-g");
        assertThat(as(() -> hosts().rename(tenant, " Bright Hosting "))).isTrue();
        assertThat(name(tenant)).isEqualTo("Bright Hosting");
        assertThat(as(() -> hosts().rename(tenant, "\u202Eevil"))).isFalse();
        assertThat(as(() -> hosts().rename(tenant, " "))).isFalse();
        assertThat(name(tenant)).isEqualTo("Bright Hosting");
    }

    @Test
    void offboardingDeletesAllDataOfResellerAndNoOther() throws IOException {
        story().at(NOON);
        var leaving = story().reseller("care-h", "7.30");
        var staying = story().reseller("care-i", "7.30");
        var tenant = leaving.id();
        story().customer(leaving, "gone", "25");
        var customer = story().customer(staying, "kept", "25");
        assertThat(as(() -> deletion().delete(tenant, "care-h"))).isInstanceOf(TenantDeletion.Outcome.Refused.class);
        as(() -> bean(Tenants.class).suspend(tenant));

        var export = exported(tenant);

        var file = ((TenantExports.Download.Ready)
                        as(() -> bean(TenantExports.class).download(tenant, export.id())))
                .path();
        assertThat(export.bytes()).isEqualTo(Files.size(file));
        assertThat(rowsOf(file)).containsAllEntriesOf(rowsIn(tenant)).containsEntry("organization", "1");

        assertThat(as(() -> deletion().delete(tenant, "care-i"))).isEqualTo(new TenantDeletion.Outcome.Unconfirmed());
        assertThat(as(() -> deletion().delete(tenant, "care-h"))).isEqualTo(new TenantDeletion.Outcome.Started());
        assertThat(bean(TenantDirectory.class).byHost("care-h.localhost")).isEmpty();
        deleted(tenant);

        assertThat(story().texts(
                                Scope.PLATFORM,
                                "select nspname::text as text from pg_namespace where nspname = 't_care_h'"
                                        + " union all select rolname::text from pg_roles where rolname = 'tn_care_h'"))
                .isEmpty();
        assertThatThrownBy(() -> story().texts(Scope.of(tenant), "select 'nobody' as text"))
                .isInstanceOf(SqlFailure.class);
        assertThat(trail(tenant)).contains("tenant.exported", "tenant.deletion_started", "tenant.deleted");
        assertThat(file).exists();
        assertThat(as(() -> story().make("care-h")))
                .isInstanceOfSatisfying(
                        Tenants.Outcome.Invalid.class,
                        refused -> assertThat(refused.faults())
                                .extracting(TenantDraft.Fault::field)
                                .containsExactly(TenantDraft.Field.SLUG));
        as(() -> hosts().add(staying.id(), "care-h.localhost"));
        assertThat(as(() -> hosts().vouch(staying.id(), "care-h.localhost"))).isInstanceOf(Outcome.Done.class);
        assertThat(story().balance(staying, customer)).isEqualTo(Money.of("25", "USD"));
        bean(Tenants.class).migrateAll();
        as(() -> {
            bean(DeletionWork.class).work(Duration.ZERO);
            return true;
        });
        assertThat(bean(TenantDirectory.class).byId(tenant)).map(Tenant::state).contains(Tenant.State.DELETED);
        assertThatThrownBy(() -> as(() -> hosts().add(tenant, "again.care-h.example")))
                .isInstanceOf(NotFoundException.class);
    }

    /** The server's timer may process it as well. */
    private static Export exported(TenantId tenant) {
        var asked = as(() -> bean(TenantExports.class).request(tenant)).orElseThrow();
        as(() -> {
            bean(ExportWork.class).work();
            return true;
        });
        story().await(() ->
                as(() -> bean(TenantExports.class).one(tenant, asked.id())).isDone());
        return as(() -> bean(TenantExports.class).one(tenant, asked.id()));
    }

    private static void deleted(TenantId tenant) {
        as(() -> {
            bean(DeletionWork.class).work(Duration.ZERO);
            return true;
        });
        story().await(() ->
                bean(TenantDirectory.class).byId(tenant).orElseThrow().state() == Tenant.State.DELETED);
    }

    /** Returns the manifest's row counts of tables; each file is where it states. */
    private static Map<String, String> rowsOf(Path file) throws IOException {
        var rows = new TreeMap<String, String>();
        try (var zip = new ZipFile(file.toFile());
                var reader = Json.createReader(zip.getInputStream(zip.getEntry("manifest.json")))) {
            for (var one : reader.readObject().getJsonArray("tables")) {
                var table = one.asJsonObject();
                assertThat(zip.getEntry(table.getString("file"))).isNotNull();
                rows.put(table.getString("table"), String.valueOf(table.getInt("rows")));
            }
        }
        return rows;
    }

    /** Returns the row counts of some nonempty tables. */
    private static Map<String, String> rowsIn(TenantId tenant) {
        var rows = new TreeMap<String, String>();
        for (var table :
                List.of("organization", "person", "plan", "wallet", "journal_entry", "posting", "audit_record")) {
            rows.put(
                    table,
                    story().texts(Scope.of(tenant), "select count(*)::text as text from " + table)
                            .get(0));
        }
        return rows;
    }

    private static TenantDeletion deletion() {
        return bean(TenantDeletion.class);
    }

    private static TenantId reseller(String slug) {
        story().at(NOON);
        return story().reseller(slug, "7.30").id();
    }

    private static List<TeamMember> owners(TenantId tenant) {
        return as(() -> bean(TenantOwners.class).list(tenant));
    }

    /** Expires the invitations. */
    private static void expireInvitations(TenantId tenant) {
        story().asOwner("update " + Scope.of(tenant).schema() + ".one_time_link"
                + " set created_at = created_at - interval '4 days', expires_at = expires_at - interval '4 days'");
    }

    private static List<String> trail(TenantId tenant) {
        return story().texts(
                        Scope.PLATFORM,
                        "select action as text from audit_record where subject_kind = 'tenant' and subject_id = ?",
                        tenant.value());
    }

    private static String name(TenantId tenant) {
        return bean(TenantDirectory.class).byId(tenant).orElseThrow().name();
    }

    private static String primary(TenantId tenant) {
        return bean(TenantDirectory.class).byId(tenant).orElseThrow().primaryHost();
    }

    private static TenantHosts hosts() {
        return bean(TenantHosts.class);
    }

    private static Story story() {
        return bean(Story.class);
    }

    private static <T> T as(Supplier<T> work) {
        return Story.asSystem(work::get);
    }
}
