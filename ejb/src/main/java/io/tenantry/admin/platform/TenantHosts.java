package io.tenantry.admin.platform;

import io.tenantry.config.Settings;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/**
 * Name and hosts of a reseller, for operators. A host below the console's works at once. Any other works once a DNS record proves that
 * the reseller controls it, or once an operator vouches for it. DNS is queried outside transactions; at any moment a host is either claimed or
 * active.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TenantHosts {
    /** The maximum number of hosts and claims of a reseller. */
    public static final int MOST = 50;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TOKEN_BYTES = 18;

    @Inject
    Access access;

    @Inject
    TenantDirectory directory;

    @Inject
    HostRecords records;

    @Inject
    HostProof proof;

    @Inject
    Settings settings;

    /** The result of a change. */
    public sealed interface Outcome {
        /** The change was made; a host works on this node now, and on others within a second. */
        record Done() implements Outcome {}

        /** The host works once its DNS record is there. */
        record Claimed(HostClaim claim) implements Outcome {}

        /** The host is not valid for the reseller. */
        record Invalid(TenantDraft.FaultKind why, String found) implements Outcome {}

        /** The record is missing, or has a different content. */
        record NotProven(HostClaim claim, List<String> found) implements Outcome {}

        /** No DNS server responded; a retry may succeed. */
        record NoAnswer() implements Outcome {}

        /** It is the primary host; another one must become primary first. */
        record IsPrimary() implements Outcome {}

        /** There are {@link #MOST} already. */
        record TooMany() implements Outcome {}
    }

    /** Returns the hosts that are not verified yet. */
    public List<HostClaim> claims(TenantId tenant) {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        return records.claims(tenant);
    }

    /** Adds a host as typed. */
    public Outcome add(TenantId tenant, String typed) {
        requireManaging(tenant);
        var host = TenantDraft.asciiHost(typed);
        if (host.isEmpty()) {
            return new Outcome.Invalid(TenantDraft.FaultKind.MISSING, "");
        }
        var why = TenantDraft.hostFault(host, directory.all(), settings.platformHost());
        if (why.isPresent()) {
            return new Outcome.Invalid(why.get(), host);
        }
        if (directory.byId(tenant).orElseThrow().hosts().size()
                        + records.claims(tenant).size()
                >= MOST) {
            return new Outcome.TooMany();
        }
        if (isPlatforms(host, settings.platformHost())) {
            return opened(host, () -> {
                records.openOwn(tenant, host);
                return true;
            });
        }
        return records.claim(tenant, host, token())
                ? new Outcome.Claimed(records.claim(tenant, host).orElseThrow())
                : taken(host);
    }

    /** Looks up the DNS record of a claimed host, and activates the host if the record exists. */
    public Outcome verify(TenantId tenant, String host) {
        requireManaging(tenant);
        var claim = claimed(tenant, host);
        var found = proof.resolve(claim);
        if (found.isEmpty()) {
            return new Outcome.NoAnswer();
        }
        if (!found.get().proves(claim)) {
            records.checked(tenant, host);
            return new Outcome.NotProven(claim, found.get().texts());
        }
        return opened(host, () -> records.open(tenant, host, "DNS record"));
    }

    /** Activates a claimed host because an operator knows its owner where DNS cannot prove it, such as in a private network. */
    public Outcome vouch(TenantId tenant, String host) {
        requireManaging(tenant);
        claimed(tenant, host);
        return opened(host, () -> records.open(tenant, host, "operator"));
    }

    /** Removes a host, or a claim. */
    public Outcome remove(TenantId tenant, String host) {
        requireManaging(tenant);
        if (records.claim(tenant, host).isPresent()) {
            records.drop(tenant, host);
            return new Outcome.Done();
        }
        var isRemoved = records.remove(tenant, host);
        directory.refresh();
        return isRemoved ? new Outcome.Done() : new Outcome.IsPrimary();
    }

    /** Makes another host of the reseller the primary one. */
    public Outcome makePrimary(TenantId tenant, String host) {
        requireManaging(tenant);
        records.makePrimary(tenant, host);
        directory.refresh();
        return new Outcome.Done();
    }

    /**
     * Renames a reseller, for operators; its brand has a separate name.
     *
     * @return whether the name is valid; if not, nothing changed
     */
    public boolean rename(TenantId tenant, String name) {
        requireManaging(tenant);
        if (!TenantDraft.isName(name)) {
            return false;
        }
        records.rename(tenant, name.strip());
        directory.refresh();
        return true;
    }

    private void requireManaging(TenantId tenant) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        if (directory.byId(tenant).filter(known -> !known.isLeaving()).isEmpty()) {
            throw new NotFoundException("reseller", tenant);
        }
    }

    private HostClaim claimed(TenantId tenant, String host) {
        return records.claim(tenant, host).orElseThrow(() -> new NotFoundException("host", host));
    }

    private interface HostOperation {
        boolean take();
    }

    private Outcome opened(String host, HostOperation hostOperation) {
        try {
            if (!hostOperation.take()) {
                throw new NotFoundException("host", host);
            }
            directory.refresh();
            return new Outcome.Done();
        } catch (HostTakenException clash) {
            return taken(host);
        }
    }

    private static Outcome taken(String host) {
        return new Outcome.Invalid(TenantDraft.FaultKind.TAKEN, host);
    }

    /**
     * Whether a host is certainly the platform's own: below the console's host, as {@code shop.console.example.com} is below
     * {@code console.example.com}. Names beside it are not: the console may be at a name right below a public suffix, such as
     * {@code tenantry.co.uk}, beside which anybody may register a name.
     */
    static boolean isPlatforms(String host, String console) {
        return console.contains(".") && host.endsWith("." + console);
    }

    private static String token() {
        var bytes = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
