package io.tenantry.search;

import io.tenantry.identity.Access;
import io.tenantry.identity.Permission;
import io.tenantry.search.Hit.Group;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
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
import org.jspecify.annotations.Nullable;

/**
 * Finds things whose name begins with a text, by an index; if those are few, also things whose name contains it. At most two
 * queries, whatever is asked, besides that for the rights. What the person may not see is not even looked for.
 */
@Stateless
public class Search {
    private static final int LIMIT_MAX = 50;
    private static final int TEXT_MAX = 80;

    private static final Map<Group, String> QUERIES = Map.of(
            Group.SERVICE, """
            (select 'SERVICE' grp, s.id::text id, s.name title, concat_ws(' · ', case when ?::uuid is null then o.name end, s.address) detail,
                    lower(s.name) sorted, s.state = 'TERMINATED' late
               from service s
               join organization o on o.id = s.organization_id
              where (lower(s.name) like ? or s.address like ?)
                and (?::uuid is null or s.organization_id = ?)
              order by late, sorted, id
              limit ?)
            """,
            Group.CUSTOMER, """
            (select 'CUSTOMER' grp, o.id::text id, o.name title, o.billing_email detail, lower(o.name) sorted, o.state = 'CLOSED' late
               from organization o
              where lower(o.name) like ? or o.billing_email like ?
              order by late, sorted, id
              limit ?)
            """,
            Group.PLAN, """
            (select 'PLAN' grp, p.id::text id, p.name title, p.code detail, lower(p.name) sorted, p.state = 'RETIRED' late
               from plan p
              where lower(p.name) like ? or p.code like ?
              order by late, sorted, id
              limit ?)
            """,
            Group.TENANT, """
            (select 'TENANT' grp, t.slug id, t.name title, coalesce(h.host, t.slug) detail, lower(t.name) sorted, false late
               from tenant t
               left join tenant_host h on h.tenant = t.slug and h.is_primary
              where lower(t.name) like ? or t.slug like ?
              order by late, sorted, id
              limit ?)
            """);

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
     * What is called so.
     *
     * @param organizationId for members: the organization they look at; nothing of others is found
     * @param limit how many of each group
     */
    public List<Hit> find(String text, Optional<UUID> organizationId, int limit) {
        var wanted = text.strip().toLowerCase(Locale.ROOT);
        var groups = groups(organizationId);
        if (wanted.isEmpty() || wanted.length() > TEXT_MAX || groups.isEmpty()) {
            return List.of();
        }
        var number = Math.min(limit, LIMIT_MAX);
        var plain = wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        var found = new LinkedHashMap<String, Hit>();
        collect(found, groups, plain + "%", organizationId, number);
        if (found.size() < number) {
            collect(found, groups, "%" + plain + "%", organizationId, number);
        }
        return limited(found, number);
    }

    private Set<Group> groups(Optional<UUID> organizationId) {
        var groups = EnumSet.noneOf(Group.class);
        if (Actors.require().kind() == Actor.Kind.MEMBER) {
            organizationId
                    .filter(id -> access.allowsIn(id, Permission.VPS_VIEW))
                    .ifPresent(id -> groups.add(Group.SERVICE));
            return groups;
        }
        var may = access.permissions();
        if (Tenancy.scope().equals(Scope.PLATFORM)) {
            add(groups, Group.TENANT, may.contains(Permission.PLATFORM_TENANTS_VIEW));
            return groups;
        }
        add(groups, Group.SERVICE, may.contains(Permission.STAFF_SERVICES_VIEW));
        add(groups, Group.CUSTOMER, may.contains(Permission.STAFF_CUSTOMERS_VIEW));
        add(groups, Group.PLAN, may.contains(Permission.STAFF_PLANS_VIEW));
        return groups;
    }

    private static void add(Set<Group> groups, Group group, boolean isAllowed) {
        if (isAllowed) {
            groups.add(group);
        }
    }

    private void collect(
            Map<String, Hit> found, Set<Group> groups, String pattern, Optional<UUID> organizationId, int limit) {
        var queries = new ArrayList<String>();
        var parameters = new ArrayList<@Nullable Object>();
        var only = Actors.require().kind() == Actor.Kind.MEMBER ? organizationId.orElseThrow() : null;
        for (var group : groups) {
            queries.add(QUERIES.get(group));
            if (group == Group.SERVICE) {
                parameters.add(only);
            }
            parameters.add(pattern);
            parameters.add(pattern);
            if (group == Group.SERVICE) {
                parameters.add(only);
                parameters.add(only);
            }
            parameters.add(limit);
        }
        sql.query(String.join(" union all ", queries), Search::hit, parameters.toArray())
                .forEach(hit -> found.putIfAbsent(hit.group() + hit.id(), hit));
    }

    private static List<Hit> limited(Map<String, Hit> found, int limit) {
        var all = new ArrayList<Hit>();
        for (var group : Group.values()) {
            found.values().stream()
                    .filter(hit -> hit.group() == group)
                    .limit(limit)
                    .forEach(all::add);
        }
        return List.copyOf(all);
    }

    private static Hit hit(Row row) {
        return new Hit(Group.valueOf(row.text("grp")), row.text("id"), row.text("title"), row.text("detail"));
    }
}
