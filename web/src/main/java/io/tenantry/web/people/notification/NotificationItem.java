package io.tenantry.web.people.notification;

/**
 * A notification as it is shown.
 *
 * @param title the event
 * @param text an additional sentence, or empty
 * @param place the name of the organization that it concerns; empty if it concerns none
 * @param href its link
 * @param at the time in machine-readable form
 * @param ago the time in relative form
 */
public record NotificationItem(
        long id,
        String title,
        String text,
        String place,
        String href,
        String icon,
        String tone,
        String at,
        String ago,
        boolean read) {
    /** Returns the text of a toast and for screen readers: the title, with the organization unless the title names it. */
    public String said() {
        return place.isEmpty() || title.contains(place) ? title : place + ": " + title;
    }
}
