package io.tenantry.people.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.people.identity.ApiKeys.AuthenticatedKey;
import io.tenantry.people.identity.ApiKeys.Created;
import io.tenantry.testing.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ApiKeysTest {
    private static final Set<String> VIEW_SCOPES = Set.of(Permission.VPS_VIEW);

    private final IdentityFixture identityFixture = new IdentityFixture();

    @Test
    void authenticatesItsCreatorWithinItsScopes() {
        var customer = customer("key1@example.org");
        var key = create(customer, null);
        assertThat(key.text()).matches("tnk_[a-z0-9]{12}_[A-Za-z0-9_-]{43}");
        var authenticatedKey = authenticate(key.text()).orElseThrow();
        assertThat(authenticatedKey.person().actor()).isEqualTo(customer.owner());
        assertThat(authenticatedKey.key())
                .isEqualTo(new CurrentApiKey(key.id(), customer.organizationId(), VIEW_SCOPES));
    }

    @Test
    void rejectsMalformedUnknownAndForeignKeys() {
        var key = create(customer("key2@example.org"), null).text();
        var last = key.charAt(key.length() - 1);
        assertThat(authenticate(key.substring(0, key.length() - 1) + (last == 'A' ? 'B' : 'A')))
                .isEmpty();
        assertThat(authenticate(key + "x")).isEmpty();
        assertThat(authenticate("tnk_bcdfghjkmnpq_" + key.substring(17))).isEmpty();
        assertThat(authenticate("")).isEmpty();
        assertThat(Database.in(Database.BOREALIS, () -> identityFixture.apiKeys.authenticate(key)))
                .isEmpty();
    }

    @Test
    void rejectsExpiredKeys() {
        var key = create(customer("key3@example.org"), Instant.parse("2020-01-01T00:00:00Z"));
        assertThat(authenticate(key.text())).isEmpty();
    }

    @Test
    void rejectsRevokedKeysAndKeysOfDisabledPersons() {
        var customer = customer("key4@example.org");
        var revoked = create(customer, null);
        var kept = create(customer, null);
        Database.run(
                Database.AURORA,
                () -> IdentityFixture.run(customer.owner(), () -> {
                    identityFixture.apiKeys.revoke(customer.organizationId(), revoked.id());
                    assertThat(identityFixture.apiKeys.of(customer.organizationId()))
                            .hasSize(1);
                }));
        assertThat(authenticate(revoked.text())).isEmpty();
        assertThat(authenticate(kept.text())).isPresent();
        Database.run(
                Database.AURORA,
                () -> IdentityFixture.asSystem(() -> {
                    identityFixture.member(customer, "second4@example.org", "owner");
                    identityFixture.personAccounts.disable(IdentityFixture.id(customer.owner()));
                    return true;
                }));
        assertThat(authenticate(kept.text())).isEmpty();
    }

    @Test
    void cannotCreateAKeyWithMoreScopesThanItself() {
        var customer = customer("key9@example.org");
        var organization = customer.organizationId();
        var used = create(customer, null).id();
        Database.run(
                Database.AURORA,
                () -> IdentityFixture.run(customer.owner(), () -> {
                    CurrentApiKey.enter(new CurrentApiKey(
                            used, organization, Set.of(Permission.SETTINGS_MANAGE, Permission.VPS_VIEW)));
                    try {
                        assertThat(identityFixture
                                        .apiKeys
                                        .create("less", organization, Set.of(Permission.VPS_VIEW), null)
                                        .text())
                                .startsWith("tnk_");
                        assertThatThrownBy(() -> identityFixture.apiKeys.create(
                                        "more", organization, Set.of(Permission.BILLING_MANAGE), null))
                                .isInstanceOf(AccessDeniedException.class);
                    } finally {
                        CurrentApiKey.clear();
                    }
                }));
    }

    /** By the database's clock, which determines whether a key has expired; in whole seconds. */
    private static Instant inAnHour() {
        return Instant.ofEpochSecond(
                Long.parseLong(Database.texts("select (extract(epoch from now())::bigint + 3600)::text")
                        .get(0)));
    }

    @Test
    void revokesAndExpiresKeysTogetherWithTheKeyThatCreatedThem() {
        var customer = customer("key10@example.org");
        var end = inAnHour();
        var first = createManagingKey(customer, end);
        var second = withKey(first, customer, () -> createManagingKey(customer, null));
        var third = withKey(second, customer, () -> createManagingKey(customer, end.minusSeconds(60)));
        assertThatThrownBy(() -> withKey(second, customer, () -> createManagingKey(customer, end.plusSeconds(1))))
                .isInstanceOfSatisfying(
                        KeyRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(KeyRefusedException.Reason.OUTLIVES));
        var listed = Database.in(
                Database.AURORA,
                () -> IdentityFixture.as(
                        customer.owner(), () -> identityFixture.apiKeys.of(customer.organizationId())));
        assertThat(listed)
                .filteredOn(key -> key.id().equals(second.id()))
                .extracting(ApiKeys.ListedKey::expiresAt)
                .containsExactly(Optional.of(end));
        Database.run(
                Database.AURORA,
                () -> IdentityFixture.run(
                        customer.owner(), () -> identityFixture.apiKeys.revoke(customer.organizationId(), first.id())));
        for (var key : List.of(first, second, third)) {
            assertThat(authenticate(key.text())).isEmpty();
        }
    }

    @Test
    void limitsLiveKeysPerPersonToAHundred() {
        Database.rolledBack(Database.AURORA, () -> {
            var customer = identityFixture.customer("key11@example.org");
            IdentityFixture.run(customer.owner(), () -> {
                var organization = customer.organizationId();
                var first = identityFixture.apiKeys.create("0", organization, VIEW_SCOPES, null);
                for (int made = 1; made < ApiKeys.LIVE_MAX; made++) {
                    identityFixture.apiKeys.create("k" + made, organization, VIEW_SCOPES, null);
                }
                assertThatThrownBy(() -> identityFixture.apiKeys.create("more", organization, VIEW_SCOPES, null))
                        .isInstanceOfSatisfying(
                                KeyRefusedException.class,
                                refused -> assertThat(refused.reason()).isEqualTo(KeyRefusedException.Reason.TOO_MANY));
                identityFixture.apiKeys.revoke(organization, first.id());
                assertThat(identityFixture
                                .apiKeys
                                .create("instead", organization, VIEW_SCOPES, null)
                                .text())
                        .startsWith("tnk_");
            });
        });
    }

    @Test
    void refusesToRevokeKeysOfOtherOrganizations() {
        var mine = customer("key5@example.org");
        var theirs = customer("key6@example.org");
        var key = create(theirs, null);
        Database.run(
                Database.AURORA,
                () -> IdentityFixture.run(mine.owner(), () -> {
                    assertThatThrownBy(() -> identityFixture.apiKeys.revoke(mine.organizationId(), key.id()))
                            .isInstanceOf(NotFoundException.class);
                    assertThatThrownBy(() -> identityFixture.apiKeys.revoke(theirs.organizationId(), key.id()))
                            .isInstanceOf(NotFoundException.class);
                    assertThatThrownBy(() -> identityFixture.apiKeys.create("x", null, Set.of(), null))
                            .isInstanceOf(AccessDeniedException.class);
                }));
        assertThat(authenticate(key.text())).isPresent();
    }

    @Test
    void storesOnlyAHash() {
        var key = create(customer("key7@example.org"), null);
        assertThat(key.toString()).doesNotContain(key.text());
        assertThat(Database.texts("select k::text from t_aurora.api_key k"))
                .noneMatch(row -> row.contains(key.text().substring(17)));
    }

    private IdentityFixture.Customer customer(String email) {
        return Database.in(Database.AURORA, () -> identityFixture.customer(email));
    }

    private Created create(IdentityFixture.Customer customer, @Nullable Instant expiresAt) {
        return Database.in(
                Database.AURORA,
                () -> IdentityFixture.as(
                        customer.owner(),
                        () -> identityFixture.apiKeys.create(
                                "deploy", customer.organizationId(), VIEW_SCOPES, expiresAt)));
    }

    private Created createManagingKey(IdentityFixture.Customer customer, @Nullable Instant expiresAt) {
        return Database.in(
                Database.AURORA,
                () -> IdentityFixture.as(
                        customer.owner(),
                        () -> identityFixture.apiKeys.create(
                                "managing", customer.organizationId(), Set.of(Permission.SETTINGS_MANAGE), expiresAt)));
    }

    private static <T> T withKey(Created key, IdentityFixture.Customer customer, Supplier<T> work) {
        CurrentApiKey.enter(new CurrentApiKey(key.id(), customer.organizationId(), Set.of(Permission.SETTINGS_MANAGE)));
        try {
            return work.get();
        } finally {
            CurrentApiKey.clear();
        }
    }

    private Optional<AuthenticatedKey> authenticate(String text) {
        return Database.in(Database.AURORA, () -> identityFixture.apiKeys.authenticate(text));
    }
}
