package io.tenantry.web.admin;

import io.tenantry.admin.offboarding.TenantExports;
import io.tenantry.admin.offboarding.TenantExports.Download;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.TenantId;
import io.tenantry.web.layout.PageResult;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Objects;

/** The download of an export by an operator. The use case checks the permission. */
@WebServlet("/console/tenants/export.zip")
public class TenantExportFile extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient TenantExports exports;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            var slug = Objects.requireNonNullElse(request.getParameter("slug"), "");
            if (!TenantId.isSlug(slug)) {
                throw new NotFoundException("reseller", slug);
            }
            var found = exports.download(new TenantId(slug), PageResult.id("export", request.getParameter("id")));
            if (!(found instanceof Download.Ready ready)) {
                // The reseller's page shows which node has the file, or that there is none.
                response.sendRedirect("/console/tenants/one.xhtml?slug=" + slug);
                return;
            }
            response.setContentType("application/zip");
            response.setContentLengthLong(ready.bytes());
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("Content-Disposition", "attachment; filename=\"" + ready.name() + "\"");
            Files.copy(ready.path(), response.getOutputStream());
        } catch (NotFoundException missing) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } catch (AccessDeniedException denied) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }
}
