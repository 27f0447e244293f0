package io.tenantry.admin.search;

/**
 * Something that was found.
 *
 * @param group what sort of thing it is
 * @param id its id; for a reseller the slug; for a person that of the organization for which the person acts
 * @param title its name
 * @param detail one more fact, by which it is told from others of that name
 */
public record SearchResult(Group group, String id, String title, String detail) {
    /** The sorts of things, in the order in which they are shown. */
    public enum Group {
        SERVICE,
        CUSTOMER,
        PERSON,
        DOCUMENT,
        PLAN,
        TENANT
    }
}
