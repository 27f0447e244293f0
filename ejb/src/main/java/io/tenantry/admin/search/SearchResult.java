package io.tenantry.admin.search;

/**
 * A search result.
 *
 * @param group the kind of object
 * @param id its id; for a reseller the slug; for a person that of the organization for which the person acts
 * @param title its name
 * @param detail one more fact, which distinguishes objects of that name
 */
public record SearchResult(Group group, String id, String title, String detail) {
    /** The kinds of objects, in the order of display. */
    public enum Group {
        SERVICE,
        CUSTOMER,
        PERSON,
        DOCUMENT,
        PLAN,
        TENANT
    }
}
