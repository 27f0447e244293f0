package io.tenantry.cloud.provider.account;

import io.tenantry.cloud.provider.Provider;
import io.tenantry.config.Settings;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.secret.Vault;
import io.tenantry.kernel.time.Ids;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Sql;
import io.tenantry.text.InputText;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Connects and removes accounts with providers, by staff. A token can be entered but never read; a change of the address requires the token as
 * well, so that a person who does not know it cannot have it sent to an address of their choice.
 */
@Stateless
public class ProviderAccounts {
    private static final int NAME_MAX = 80;
    private static final String SUBJECT = "provider_account";

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    Vault vault;

    @Inject
    ProviderChoices providerChoices;

    @Inject
    Settings settings;

    /**
     * The input for a new account.
     *
     * @param base the panel's address; blank for providers with one address for all
     */
    public record Draft(String name, String provider, String base, String token) {
        @Override
        public String toString() {
            return "Draft[" + name + ", " + provider + "]";
        }
    }

    /** Fields that can be invalid. */
    public enum Field {
        NAME,
        PROVIDER,
        BASE,
        TOKEN
    }

    /** The outcome of a change. */
    public sealed interface Outcome {
        /** The change is in effect. */
        record Done(UUID id) implements Outcome {}

        /** These fields are invalid; nothing was changed. */
        record Invalid(List<Field> fields) implements Outcome {}

        /** The installation has no key to seal a token with; nothing was changed. */
        record Locked() implements Outcome {}

        /** Something refers to it; nothing was changed. */
        record InUse() implements Outcome {}
    }

    /** Whether accounts can be connected: the installation has a key. */
    public boolean isReady() {
        return vault.isReady();
    }

    /** Connects an account. The provider is not called yet: see {@link ConnectionTest}. */
    public Outcome add(Draft draft) {
        access.require(Permission.STAFF_PROVIDERS_MANAGE);
        var accountEndpoint = AccountEndpoint.of(draft.base(), draft.token());
        var faults = new ArrayList<Field>();
        if (isUnfit(draft.name(), Optional.empty())) {
            faults.add(Field.NAME);
        }
        var provider = providerChoices.of(draft.provider()).filter(providerChoices::isOffered);
        if (provider.isEmpty()) {
            faults.add(Field.PROVIDER);
        }
        provider.ifPresent(known -> faults.addAll(faults(known, accountEndpoint)));
        if (!faults.isEmpty()) {
            return new Outcome.Invalid(List.copyOf(faults));
        }
        if (!vault.isReady()) {
            return new Outcome.Locked();
        }
        var id = Ids.next(clock);
        var added = sql.update(
                """
                insert into provider_account (id, name, provider, base_url, credentials, state, created_at, credentials_at)
                values (?, ?, ?, ?, ?, 'ON', ?, ?)
                on conflict do nothing
                """,
                id,
                draft.name().strip(),
                draft.provider(),
                accountEndpoint.base().orElse(null),
                sealed(id, draft.provider(), accountEndpoint),
                clock.instant(),
                clock.instant());
        if (added == 0) {
            return new Outcome.Invalid(List.of(Field.NAME)); // A concurrent request was faster.
        }
        audit.record("provider.added", SUBJECT, id.toString(), facts(draft.name(), draft.provider(), accountEndpoint));
        return new Outcome.Done(id);
    }

    /** Renames an account. */
    public Outcome rename(UUID id, String name) {
        access.require(Permission.STAFF_PROVIDERS_MANAGE);
        var before = locked(id);
        if (isUnfit(name, Optional.of(id))) {
            return new Outcome.Invalid(List.of(Field.NAME));
        }
        sql.update("update provider_account set name = ? where id = ?", name.strip(), id);
        audit.record("provider.renamed", SUBJECT, id.toString(), Map.of("from", before.name(), "to", name.strip()));
        return new Outcome.Done(id);
    }

    /** Replaces the credentials, and the address of the panel. The result of earlier tests is cleared. */
    public Outcome replace(UUID id, String base, String token) {
        access.require(Permission.STAFF_PROVIDERS_MANAGE);
        var before = locked(id);
        var accountEndpoint = AccountEndpoint.of(base, token);
        var faults = providerChoices
                .of(before.provider())
                .map(provider -> faults(provider, accountEndpoint))
                .orElse(List.of(Field.PROVIDER));
        if (!faults.isEmpty()) {
            return new Outcome.Invalid(faults);
        }
        if (!vault.isReady()) {
            return new Outcome.Locked();
        }
        sql.update(
                """
                update provider_account
                   set base_url = ?, credentials = ?, credentials_at = ?, tested_at = null, test_result = null, test_message = ''
                 where id = ?
                """,
                accountEndpoint.base().orElse(null),
                sealed(id, before.provider(), accountEndpoint),
                clock.instant(),
                id);
        audit.record(
                "provider.credentials_replaced",
                SUBJECT,
                id.toString(),
                facts(before.name(), before.provider(), accountEndpoint));
        return new Outcome.Done(id);
    }

    /** Enables or disables an account for new resources. Existing resources are not affected. */
    public void turn(UUID id, boolean on) {
        access.require(Permission.STAFF_PROVIDERS_MANAGE);
        var name = locked(id).name();
        var changed = sql.update(
                "update provider_account set state = ? where id = ? and state <> ?",
                on ? "ON" : "OFF",
                id,
                on ? "ON" : "OFF");
        if (changed > 0) {
            audit.record("provider.switched_" + (on ? "on" : "off"), SUBJECT, id.toString(), Map.of("name", name));
        }
    }

    /** Removes an account that nothing refers to, and permanently deletes its credentials. */
    public Outcome remove(UUID id) {
        access.require(Permission.STAFF_PROVIDERS_MANAGE);
        var before = locked(id);
        if (sql.one("select provider_account_used(?) used", row -> row.flag("used"), id)) {
            return new Outcome.InUse();
        }
        sql.update("delete from provider_account where id = ?", id);
        audit.record(
                "provider.removed",
                SUBJECT,
                id.toString(),
                Map.of("name", before.name(), "provider", before.provider()));
        return new Outcome.Done(id);
    }

    private record AccountStatus(String name, String provider) {}

    /** Locked until the transaction ends, so that no new reference to it is created meanwhile. */
    private AccountStatus locked(UUID id) {
        return sql.first(
                        "select name, provider from provider_account where id = ? for update",
                        row -> new AccountStatus(row.text("name"), row.text("provider")),
                        id)
                .orElseThrow(() -> new NotFoundException("provider account", id));
    }

    private boolean isUnfit(String name, Optional<UUID> own) {
        var plain = name.strip();
        return plain.isEmpty()
                || plain.length() > NAME_MAX
                || !InputText.isLine(plain)
                || sql.first(
                                "select id from provider_account where lower(name) = lower(?) and id is distinct from ?::uuid",
                                row -> row.uuid("id"),
                                plain,
                                own.orElse(null))
                        .isPresent();
    }

    private List<Field> faults(Provider provider, AccountEndpoint accountEndpoint) {
        var faults = new ArrayList<Field>();
        if (!accountEndpoint.hasFitBase(provider, settings)) {
            faults.add(Field.BASE);
        }
        if (!accountEndpoint.hasFitToken()) {
            faults.add(Field.TOKEN);
        }
        return List.copyOf(faults);
    }

    private String sealed(UUID id, String provider, AccountEndpoint accountEndpoint) {
        return vault.seal(
                        accountEndpoint.token(),
                        ProviderAccountRepository.StoredAccount.place(id, provider, accountEndpoint.base()))
                .text();
    }

    private static Map<String, String> facts(String name, String provider, AccountEndpoint accountEndpoint) {
        return Map.of(
                "name",
                name.strip(),
                "provider",
                provider,
                "base_url",
                accountEndpoint.base().orElse(""));
    }
}
