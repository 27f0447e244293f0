package io.tenantry.documents.mail;

import io.tenantry.documents.mail.InvoiceMails.Contact;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Recipients of emails about an organization's money: the address for its documents, and members with a permission. */
public final class BillingContacts {
    /**
     * An address that also belongs to members gets one email, in the language of that person; the default is the language that the reseller
     * chose for its documents.
     */
    private static final String CONTACTS = """
            select c.organization_id, c.email, (array_agg(c.name order by c.place))[1] as name,
                   coalesce(max(p.locale), (select lower(t.language) from document_template t order by t.version desc limit 1)) as locale
              from (select m.organization_id, p.email, p.name, 0 as place
                      from membership m
                      join role r on r.code = m.role and ? = any (r.permissions)
                      join person p on p.id = m.person_id and p.state = 'ACTIVE'
                      join organization o on o.id = m.organization_id and o.state <> 'CLOSED'
                     where m.organization_id = any (?)
                     union all
                    select o.id, lower(coalesce(b.email, o.billing_email)), coalesce(b.name, o.name), 1
                      from organization o
                      left join lateral (
                        select y.email, y.name
                          from invoice_buyer y
                         where y.organization_id = o.id
                         order by y.id desc
                         limit 1) b on true
                     where o.id = any (?)) c
              left join person p on p.email = c.email and p.state = 'ACTIVE'
             where c.email ~ '^[^@[:space:][:cntrl:]<>",;:]{1,64}@[^@[:space:][:cntrl:]<>",;:]+$' and length(c.email) <= 254
             group by c.organization_id, c.email
             order by c.organization_id, min(c.place) desc, c.email
            """;

    private BillingContacts() {}

    /**
     * Returns the contacts of organizations, the address for documents first.
     *
     * @param permission of the members to include
     */
    public static List<Contact> of(Sql sql, String permission, List<UUID> organizations) {
        var ids = organizations.toArray(UUID[]::new);
        return sql.query(
                CONTACTS,
                row -> new Contact(
                        row.uuid("organization_id"), row.text("name"), row.text("email"), row.maybeText("locale")),
                permission,
                ids,
                ids);
    }

    /** Returns the locale as pages choose it, so that a file attached to an email is the one that a download provides. */
    public static Locale locale(Tenant tenant, Contact contact) {
        return contact.language()
                .map(Locale::forLanguageTag)
                .filter(own -> !own.getLanguage().equals(tenant.locale().getLanguage()))
                .orElseGet(tenant::locale);
    }
}
