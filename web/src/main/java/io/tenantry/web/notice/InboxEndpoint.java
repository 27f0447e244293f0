package io.tenantry.web.notice;

import io.tenantry.notice.Inbox;
import io.tenantry.text.DateText;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Said;
import io.tenantry.web.undo.Step;
import io.tenantry.web.undo.Undos;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The bell: how many are unread and the latest ones, as JSON. By POST they are read, all or one, and unread again; a form
 * without scripts goes back to the page of notices.
 */
@WebServlet({"/portal/inbox", "/staff/inbox", "/console/inbox"})
public class InboxEndpoint extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final int LATEST = 8;

    @Inject
    transient Inbox inbox;

    @Inject
    transient NoticeWords words;

    @Inject
    transient CurrentPerson me;

    @Inject
    transient Undos undos;

    @Inject
    transient Fmt fmt;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var items = Json.createArrayBuilder();
        inbox.page(false, 0, LATEST).forEach(told -> items.add(json(words.item(told))));
        write(response, answer().add("items", items));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        @Nullable Instant readAt = null;
        var what = String.valueOf(request.getParameter("do"));
        try {
            switch (what) {
                case "all" -> readAt = inbox.readAll();
                case "one" -> inbox.read(Long.parseLong(request.getParameter("id")));
                case "undo" ->
                    inbox.unreadAgain(DateText.instant(String.valueOf(request.getParameter("at")))
                            .orElseThrow(() -> new DateTimeException("no moment")));
                default -> {
                    response.sendError(HttpServletResponse.SC_BAD_REQUEST);
                    return;
                }
            }
        } catch (NumberFormatException | DateTimeException malformed) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        if (request.getParameter("back") != null) {
            if (readAt != null) {
                var undo = undos.keep(new Step.NoticesRead(me.getHome() + "/notices", readAt));
                Said.next(request, new Said.Passing("ok", fmt.text("notice.read-all.done"), undo));
            }
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", me.getHome() + "/notices");
            return;
        }
        write(response, readAt == null ? answer() : answer().add("at", readAt.toString()));
    }

    private JsonObjectBuilder answer() {
        int unread = inbox.unread();
        return Json.createObjectBuilder()
                .add("unread", unread)
                .add("shown", unread == 0 ? "" : unread >= Inbox.COUNTED_MAX ? "99+" : Integer.toString(unread))
                .add("label", label(unread));
    }

    private String label(int unread) {
        return unread == 0 ? fmt.text("notice.none-unread") : fmt.text("notice.unread", unread);
    }

    private static JsonObjectBuilder json(Item item) {
        return Json.createObjectBuilder()
                .add("id", item.id())
                .add("title", item.title())
                .add("text", item.text())
                .add("place", item.place())
                .add("said", item.said())
                .add("href", item.href())
                .add("icon", item.icon())
                .add("tone", item.tone())
                .add("at", item.at())
                .add("ago", item.ago())
                .add("read", item.read());
    }

    private static void write(HttpServletResponse response, JsonObjectBuilder json) throws IOException {
        response.setContentType("application/json");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().write(json.build().toString());
    }
}
