package io.tenantry.cloud.provider.account;

import io.tenantry.kernel.query.ListQuery;
import io.tenantry.kernel.query.ResultPage;
import io.tenantry.kernel.query.SortOrder;
import io.tenantry.kernel.query.SqlConditions;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
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

/** The searchable list of accounts for staff, with the result of the last test. Credentials are never part of it. */
@Stateless
public class ProviderAccountList {
    /** Filter: the code of a provider. */
    public static final String PROVIDER = "provider";

    /** Filter: {@code works}, {@code fails} or {@code untested}. */
    public static final String HEALTH = "health";

    private static final SortOrder SORTING = new SortOrder(
            Map.of("name", "lower(a.name)", "provider", "a.provider", "state", "a.state", "tested", "a.tested_at"),
            "lower(a.name)",
            "a.id");

    private static final String ACCOUNTS = """
            select a.id, a.name, a.provider, a.base_url, a.state, a.created_at, a.credentials_at, a.tested_at, a.test_result, a.test_message,
                   provider_account_used(a.id) used
              from provider_account a
            """;

    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    ProviderChoices providerChoices;

    /** Whether new resources are ordered there. */
    public enum State {
        ON,
        OFF
    }

    /**
     * An account.
     *
     * @param provider the provider's name for staff
     * @param base the panel's address, where the provider has no fixed address
     * @param credentialsAt when the present credentials were set
     * @param words the provider's message at the last test
     * @param used whether something refers to it, so that it cannot be removed
     */
    public record Account(
            UUID id,
            String name,
            String providerCode,
            String provider,
            Optional<String> base,
            State state,
            Instant createdAt,
            Instant credentialsAt,
            Optional<Instant> testedAt,
            Optional<ConnectionTestResult> verdict,
            String words,
            boolean used) {}

    /** Returns a page of the accounts. */
    public ResultPage<Account> find(ListQuery listQuery) {
        access.require(Permission.STAFF_PROVIDERS_VIEW);
        var sqlConditions = conditions(listQuery);
        var total = sql.one(
                "select count(*)::int n from provider_account a" + sqlConditions.sql(),
                row -> row.whole("n"),
                sqlConditions.parameters());
        return total == 0 ? ResultPage.nothing() : new ResultPage<>(rows(listQuery), total);
    }

    /** Returns the rows only, for callers that read page by page. */
    public List<Account> rows(ListQuery listQuery) {
        access.require(Permission.STAFF_PROVIDERS_VIEW);
        var sqlConditions = conditions(listQuery);
        return sql.query(
                ACCOUNTS + sqlConditions.sql() + " order by " + SORTING.of(listQuery) + " limit ? offset ?",
                this::account,
                sqlConditions.parameters(listQuery.limit(), listQuery.first()));
    }

    /**
     * Returns one account.
     *
     * @throws NotFoundException if no account has that ID
     */
    public Account one(UUID id) {
        access.require(Permission.STAFF_PROVIDERS_VIEW);
        return sql.first(ACCOUNTS + " where a.id = ?", this::account, id)
                .orElseThrow(() -> new NotFoundException("provider account", id));
    }

    private static SqlConditions conditions(ListQuery listQuery) {
        var sqlConditions = new SqlConditions()
                .and(
                        Optional.of(listQuery.search().toLowerCase(Locale.ROOT)).filter(text -> !text.isEmpty()),
                        "strpos(lower(a.name), ?) > 0 or strpos(lower(a.base_url), ?) > 0")
                .and(listQuery.filter(PROVIDER), "a.provider = ?");
        return switch (listQuery.filter(HEALTH).orElse("")) {
            case "works" -> sqlConditions.and("a.test_result = 'WORKS'");
            case "fails" -> sqlConditions.and("a.test_result <> 'WORKS'");
            case "untested" -> sqlConditions.and("a.test_result is null");
            default -> sqlConditions;
        };
    }

    private Account account(Row row) {
        var provider = row.text("provider");
        return new Account(
                row.uuid("id"),
                row.text("name"),
                provider,
                providerChoices.nameOf(provider),
                row.maybeText("base_url"),
                State.valueOf(row.text("state")),
                row.instant("created_at"),
                row.instant("credentials_at"),
                row.maybeInstant("tested_at"),
                row.maybeText("test_result").map(ConnectionTestResult::valueOf),
                row.text("test_message"),
                row.flag("used"));
    }
}
