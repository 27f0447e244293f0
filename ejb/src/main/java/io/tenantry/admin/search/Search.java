package io.tenantry.admin.search;

import io.tenantry.admin.search.SearchResult.Group;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.EmailAddress;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.text.InputText;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds objects whose name, number or address begins with a text, by an index; if there are few, also objects whose name contains it.
 * Documents, the most numerous kind, are found by the beginning of their number only. Runs at most two queries in addition to the one for
 * permissions. What the person may not see is not searched.
 */
@Stateless
public class Search {
    private static final int LIMIT_MAX = 50;
    private static final int TEXT_MAX = 80;

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** Named parameters of a query. */
    private static final Pattern PARAMETER = Pattern.compile("\\$\\{(pattern|address|id|only|limit)}");

    private static final Map<Group, String> QUERIES = Map.of(
            Group.SERVICE, """
            (select 'SERVICE' grp, s.id::text id, s.name title, concat_ws(' · ', case when ${only}::uuid is null then o.name end, s.address) detail,
                    lower(s.name) sorted, s.state = 'TERMINATED' late
               from service s
               join organization o on o.id = s.organization_id
              where s.id in (select n.id from service n where lower(n.name) like ${pattern} or n.address like ${pattern} or n.id = ${id}::uuid
                             union all
                             select a.service_id from service_address a where a.address like ${pattern})
                and (${only}::uuid is null or s.organization_id = ${only})
              order by late, sorted, id
              limit ${limit})
            """,
            Group.CUSTOMER, """
            (select 'CUSTOMER' grp, o.id::text id, o.name title, o.billing_email detail, lower(o.name) sorted, o.state = 'CLOSED' late
               from organization o
              where o.id in (select n.id from organization n
                              where lower(n.name) like ${pattern} or n.billing_email like ${pattern} or n.billing_email like ${address} or n.id = ${id}::uuid
                             union all
                             select r.organization_id from bank_reference r where lower(r.reference) like ${pattern})
              order by late, sorted, id
              limit ${limit})
            """,
            Group.PERSON, """
            (select 'PERSON' grp, o.id::text id, p.name title, concat_ws(' · ', p.email, o.name) detail, lower(p.name) sorted, o.state = 'CLOSED' late
               from person p
               join membership m on m.person_id = p.id
               join organization o on o.id = m.organization_id
              where lower(p.name) like ${pattern} or lower(regexp_replace(p.name, '^.* ', '')) like ${pattern} or p.email like ${pattern} or p.email like ${address}
              order by late, sorted, id
              limit ${limit})
            """,
            Group.DOCUMENT, """
            (select 'DOCUMENT' grp, i.id::text id, i.number_text title, i.buyer_name detail, to_char(i.issued_at, 'YYYYMMDDHH24MISS') sorted,
                    i.state = 'VOID' late
               from invoice i
              where (lower(i.number_text) like ${pattern} or i.id = ${id}::uuid)
                and (${only}::uuid is null or i.organization_id = ${only})
              order by late, i.issued_at desc, id
              limit ${limit})
            """,
            Group.PLAN, """
            (select 'PLAN' grp, p.id::text id, p.name title, p.code detail, lower(p.name) sorted, p.state = 'RETIRED' late
               from plan p
              where lower(p.name) like ${pattern} or p.code like ${pattern} or p.id = ${id}::uuid
              order by late, sorted, id
              limit ${limit})
            """,
            Group.TENANT, """
            (select 'TENANT' grp, t.slug id, t.name title, coalesce(h.host, t.slug) detail, lower(t.name) sorted, false late
               from tenant t
               left join tenant_host h on h.tenant = t.slug and h.is_primary
              where lower(t.name) like ${pattern} or t.slug like ${pattern} or h.host like ${pattern} or h.host like ${address}
              order by late, sorted, id
              limit ${limit})
            """);

    /** Groups that may be too large for a full scan. */
    private static final Set<Group> BY_INDEX_ONLY = EnumSet.of(Group.DOCUMENT);

    @Inject
    Sql sql;

    @Inject
    Access access;

    /** For the container. */
    public Search() {}

    /** For use outside a container. */
    public Search(Sql sql, Access access) {
        this.sql = sql;
        this.access = access;
    }

    /**
     * Returns the objects with that name.
     *
     * @param organizationId for members: the organization they look at; nothing of others is found
     * @param limit how many of each group
     */
    public List<SearchResult> find(String text, Optional<UUID> organizationId, int limit) {
        var wanted = InputText.searchTerm(text).toLowerCase(Locale.ROOT);
        var groups = groups(organizationId);
        if (wanted.isEmpty() || wanted.length() > TEXT_MAX || groups.isEmpty()) {
            return List.of();
        }
        var number = Math.min(limit, LIMIT_MAX);
        var searchQuery = new SearchQuery(
                plain(wanted),
                plain(EmailAddress.searched(wanted)),
                id(wanted),
                Actors.require().kind() == Actor.Kind.MEMBER ? organizationId.orElseThrow() : null,
                number);
        var found = new LinkedHashMap<String, SearchResult>();
        collect(found, groups, "", searchQuery);
        groups.removeAll(BY_INDEX_ONLY);
        if (found.size() < number && !groups.isEmpty()) {
            collect(found, groups, "%", searchQuery);
        }
        return limited(found, number);
    }

    private Set<Group> groups(Optional<UUID> organizationId) {
        var groups = EnumSet.noneOf(Group.class);
        if (Actors.require().kind() == Actor.Kind.MEMBER) {
            organizationId
                    .filter(id -> access.allowsIn(id, Permission.VPS_VIEW))
                    .ifPresent(id -> groups.add(Group.SERVICE));
            organizationId
                    .filter(id -> access.allowsIn(id, Permission.BILLING_VIEW))
                    .ifPresent(id -> groups.add(Group.DOCUMENT));
            return groups;
        }
        var may = access.permissions();
        if (Tenancy.scope().equals(Scope.PLATFORM)) {
            add(groups, Group.TENANT, may.contains(Permission.PLATFORM_TENANTS_VIEW));
            return groups;
        }
        add(groups, Group.SERVICE, may.contains(Permission.STAFF_SERVICES_VIEW));
        add(groups, Group.CUSTOMER, may.contains(Permission.STAFF_CUSTOMERS_VIEW));
        add(groups, Group.PERSON, may.contains(Permission.STAFF_CUSTOMERS_VIEW));
        add(groups, Group.DOCUMENT, may.contains(Permission.STAFF_BILLING_VIEW));
        add(groups, Group.PLAN, may.contains(Permission.STAFF_PLANS_VIEW));
        return groups;
    }

    private static void add(Set<Group> groups, Group group, boolean isAllowed) {
        if (isAllowed) {
            groups.add(group);
        }
    }

    /**
     * The common parameters of a search.
     *
     * @param plain the text, without wildcards
     * @param address the text in the form in which email addresses and hosts are stored
     * @param id that was typed, if it was one
     * @param only the organization that is searched; absent for staff
     */
    private record SearchQuery(
            String plain,
            String address,
            @Nullable UUID id,
            @Nullable UUID only,
            int limit) {}

    private static String plain(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    private static @Nullable UUID id(String text) {
        return ID.matcher(text).matches() ? UUID.fromString(text) : null;
    }

    private void collect(Map<String, SearchResult> found, Set<Group> groups, String before, SearchQuery searchQuery) {
        var parameters = new ArrayList<@Nullable Object>();
        var query = PARAMETER
                .matcher(groups.stream().map(QUERIES::get).collect(Collectors.joining(" union all ")))
                .replaceAll(named -> {
                    parameters.add(
                            switch (named.group(1)) {
                                case "pattern" -> before + searchQuery.plain() + "%";
                                case "address" -> before + searchQuery.address() + "%";
                                case "id" -> searchQuery.id();
                                case "only" -> searchQuery.only();
                                default -> searchQuery.limit();
                            });
                    return "?";
                });
        sql.query(query, Search::hit, parameters.toArray())
                .forEach(searchResult -> found.putIfAbsent(
                        searchResult.group() + searchResult.id() + searchResult.title(), searchResult));
    }

    private static List<SearchResult> limited(Map<String, SearchResult> found, int limit) {
        var all = new ArrayList<SearchResult>();
        for (var group : Group.values()) {
            found.values().stream()
                    .filter(searchResult -> searchResult.group() == group)
                    .limit(limit)
                    .forEach(all::add);
        }
        return List.copyOf(all);
    }

    private static SearchResult hit(Row row) {
        return new SearchResult(Group.valueOf(row.text("grp")), row.text("id"), row.text("title"), row.text("detail"));
    }
}
