package io.tenantry.web.admin;

import io.tenantry.billing.charging.RunAdministration;
import io.tenantry.kernel.time.MovableClock;
import io.tenantry.people.identity.AccessDeniedException;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A servlet that retries failed runs, either one or those selected in the list, and redirects to the list in its previous state. A plain form,
 * so that it needs neither a view on the server nor our script.
 */
@WebServlet("/admin/runs/retry")
public class RetryRunsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** The list with whatever it showed: no other page, and nothing that ends the header. */
    private static final Pattern LIST = Pattern.compile("/admin/runs(\\?[!-~&&[^\\\\#]]{1,500})?");

    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

    @Inject
    transient RunAdministration runs;

    @Inject
    transient MovableClock clock;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var given = Objects.requireNonNullElse(request.getParameterValues("id"), new String[0]);
        var ids = Arrays.stream(given)
                .filter(id -> ID.matcher(id).matches())
                .map(Long::valueOf)
                .distinct()
                .limit(RunAdministration.TOGETHER_MAX)
                .toList();
        try {
            var retried = runs.retryAll(ids);
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader(
                    "Location",
                    with(
                            list(request.getParameter("back")),
                            "retried=" + retried + "&asked=" + clock.real().getEpochSecond()));
        } catch (AccessDeniedException denied) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    /** Returns the address to redirect to, which is always the list. */
    static String list(@Nullable String back) {
        return back != null && LIST.matcher(back).matches() ? back : "/admin/runs";
    }

    static String with(String address, String parameters) {
        return address + (address.contains("?") ? "&" : "?") + parameters;
    }
}
