package io.tenantry.provider.account;

import io.tenantry.identity.Access;
import io.tenantry.identity.NotVisible;
import io.tenantry.identity.Permission;
import io.tenantry.listing.Conditions;
import io.tenantry.listing.Found;
import io.tenantry.listing.Sorting;
import io.tenantry.listing.Wish;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Accounts as staff search, narrow and sort them, with what the last test said. What lets us in is never among it. */
@Stateless
public class AccountList {
    /** Filter: the code of a vendor. */
    public static final String VENDOR = "vendor";

    /** Filter: {@code works}, {@code fails} or {@code untested}. */
    public static final String HEALTH = "health";

    private static final Sorting SORTING = new Sorting(
            Map.of("name", "lower(a.name)", "vendor", "a.vendor", "state", "a.state", "tested", "a.tested_at"),
            "lower(a.name)",
            "a.id");

    private static final String ACCOUNTS = """
            select a.id, a.name, a.vendor, a.base, a.state, a.created_at, a.credentials_at, a.tested_at, a.verdict, a.words,
                   provider_account_used(a.id) used
              from provider_account a
            """;

    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    Vendors vendors;

    /** Whether new things are ordered there. */
    public enum State {
        ON,
        OFF
    }

    /**
     * An account.
     *
     * @param vendor what staff call the vendor
     * @param base the panel's address, where the vendor has no address of its own
     * @param credentialsAt since when it has the credentials that it has
     * @param words the vendor's, at the last test
     * @param used whether something refers to it, so that it cannot be removed
     */
    public record Account(
            UUID id,
            String name,
            String vendorCode,
            String vendor,
            Optional<String> base,
            State state,
            Instant createdAt,
            Instant credentialsAt,
            Optional<Instant> testedAt,
            Optional<Verdict> verdict,
            String words,
            boolean used) {}

    /** A part of the accounts. */
    public Found<Account> find(Wish wish) {
        access.require(Permission.STAFF_PROVIDERS_VIEW);
        var conditions = conditions(wish);
        var total = sql.one(
                "select count(*)::int n from provider_account a" + conditions.sql(),
                row -> row.whole("n"),
                conditions.parameters());
        return total == 0 ? Found.nothing() : new Found<>(rows(wish), total);
    }

    /** The rows alone, for what reads part after part. */
    public List<Account> rows(Wish wish) {
        access.require(Permission.STAFF_PROVIDERS_VIEW);
        var conditions = conditions(wish);
        return sql.query(
                ACCOUNTS + conditions.sql() + " order by " + SORTING.of(wish) + " limit ? offset ?",
                this::account,
                conditions.parameters(wish.limit(), wish.first()));
    }

    /**
     * One account.
     *
     * @throws NotVisible if there is none of that id
     */
    public Account one(UUID id) {
        access.require(Permission.STAFF_PROVIDERS_VIEW);
        return sql.first(ACCOUNTS + " where a.id = ?", this::account, id)
                .orElseThrow(() -> new NotVisible("provider account", id));
    }

    private static Conditions conditions(Wish wish) {
        var conditions = new Conditions()
                .and(
                        Optional.of(wish.search().toLowerCase(Locale.ROOT)).filter(text -> !text.isEmpty()),
                        "strpos(lower(a.name), ?) > 0 or strpos(lower(a.base), ?) > 0")
                .and(wish.filter(VENDOR), "a.vendor = ?");
        return switch (wish.filter(HEALTH).orElse("")) {
            case "works" -> conditions.and("a.verdict = 'WORKS'");
            case "fails" -> conditions.and("a.verdict <> 'WORKS'");
            case "untested" -> conditions.and("a.verdict is null");
            default -> conditions;
        };
    }

    private Account account(Row row) {
        var vendor = row.text("vendor");
        return new Account(
                row.uuid("id"),
                row.text("name"),
                vendor,
                vendors.nameOf(vendor),
                row.maybeText("base"),
                State.valueOf(row.text("state")),
                row.instant("created_at"),
                row.instant("credentials_at"),
                row.maybeInstant("tested_at"),
                row.maybeText("verdict").map(Verdict::valueOf),
                row.text("words"),
                row.flag("used"));
    }
}
