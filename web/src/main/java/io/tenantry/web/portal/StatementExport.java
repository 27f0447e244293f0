package io.tenantry.web.portal;

import io.tenantry.identity.AccessDenied;
import io.tenantry.identity.NotVisible;
import io.tenantry.wallet.OrganizationWallets;
import io.tenantry.wallet.Wallets;
import io.tenantry.web.brand.BrandView;
import io.tenantry.web.shell.Addresses;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.table.Csv;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * A wallet's statement, whole or of some days, as a file for spreadsheets, the brand named first and the newest line next, amounts with all their decimals. It is written
 * while it is read, a thousand lines at a time. Who may see the wallet is decided by the use case.
 */
@WebServlet({"/portal/statement.csv", "/staff/statement.csv"})
public class StatementExport extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final int LINES = 1000;

    /** Tells spreadsheets that the file is UTF-8. */
    private static final String MARK = "\uFEFF";

    @Inject
    transient OrganizationWallets wallets;

    @Inject
    transient Words words;

    @Inject
    transient Fmt fmt;

    @Inject
    transient BrandView brand;

    @Inject
    transient Clock clock;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            var wallet = Addresses.id(request.getParameter("wallet")).orElseThrow(() -> new NotVisible("wallet", ""));
            var span = Days.of(request.getParameter("from"), request.getParameter("to"))
                    .in(fmt.zoneOfBooks());
            var first = wallets.statement(wallet, span, Long.MAX_VALUE, LINES);
            write(wallet, span, first, response);
        } catch (NotVisible missing) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } catch (AccessDenied denied) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    private void write(UUID wallet, Wallets.Span span, List<Wallets.Line> first, HttpServletResponse response)
            throws IOException {
        response.setContentType("text/csv");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader("Cache-Control", "no-store");
        response.setHeader(
                "Content-Disposition",
                "attachment; filename=\"" + fmt.text("csv.file") + "-"
                        + LocalDate.ofInstant(clock.instant(), fmt.zone()) + ".csv\"");
        var out = response.getWriter();
        out.write(MARK);
        out.write(Csv.row(Csv.text(brand.getName())));
        out.write(Csv.row(
                fmt.text("csv.entry"),
                fmt.text("csv.at"),
                fmt.text("csv.what"),
                fmt.text("csv.reason"),
                fmt.text("csv.amount"),
                fmt.text("csv.balance"),
                fmt.text("csv.currency")));
        for (var lines = first; !lines.isEmpty(); lines = following(wallet, span, lines)) {
            lines(out, lines);
        }
    }

    private List<Wallets.Line> following(UUID wallet, Wallets.Span span, List<Wallets.Line> lines) {
        return lines.size() < LINES
                ? List.of()
                : wallets.statement(wallet, span, lines.get(lines.size() - 1).entryId(), LINES);
    }

    private void lines(Writer out, List<Wallets.Line> lines) throws IOException {
        for (var line : lines) {
            out.write(Csv.row(
                    Long.toString(line.entryId()),
                    fmt.iso(line.at()),
                    Csv.text(words.line(line)),
                    Csv.text(line.reason().orElse("")),
                    line.amount().amount().toPlainString(),
                    line.balanceAfter().amount().toPlainString(),
                    line.amount().currency().getCurrencyCode()));
        }
    }
}
