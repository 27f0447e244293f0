package io.tenantry.web.api;

import io.tenantry.billing.invoicing.DocumentKind;
import io.tenantry.billing.invoicing.DocumentList;
import io.tenantry.billing.invoicing.InvoiceQuery;
import io.tenantry.billing.invoicing.InvoiceReferences;
import io.tenantry.billing.invoicing.Invoicing;
import io.tenantry.billing.invoicing.LineSource;
import io.tenantry.billing.invoicing.LineTax;
import io.tenantry.billing.invoicing.TaxSubtotal;
import io.tenantry.documents.InvoiceFiles;
import io.tenantry.kernel.limits.HeavyWork;
import io.tenantry.kernel.limits.WorkLimits;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.text.DateText;
import io.tenantry.web.layout.Language;
import io.tenantry.web.problem.ProblemException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An organization's documents: invoices, credit notes and debit notes, as issued. */
@Path("/invoices")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@ResellerHost
public class InvoicesResource {
    private static final Set<String> STATES = Set.of("final", DocumentList.OVERDUE, "paid", "void");

    @Inject
    DocumentList list;

    @Inject
    InvoiceQuery invoiceQuery;

    @Inject
    WorkLimits limits;

    @Inject
    InvoiceFiles files;

    @Inject
    TenantDirectory tenants;

    @Inject
    ActingOrganization organization;

    /**
     * A document.
     *
     * @param month the month that it covers, such as 2026-10
     * @param net the sum without tax, as the document states it: with the tax it is the total
     * @param amountPaid the part of the total that has been paid from the balance or credited
     * @param amountDue what is still to be paid
     * @param paidAt absent while something is left to be paid
     * @param dueOn the last day on which it can be paid in time, in the reseller's zone; absent if nothing was left to be paid when it was issued,
     *     or it names none
     * @param overdue whether it is still to be paid after that day
     */
    public record Invoice(
            UUID id,
            String kind,
            String number,
            String state,
            String month,
            Instant issuedAt,
            String buyer,
            Money net,
            Money total,
            Money amountPaid,
            Money amountDue,
            @Nullable Instant paidAt,
            @Nullable LocalDate dueOn,
            boolean overdue) {
        static Invoice of(DocumentList.InvoiceSummary invoiceSummary, LocalDate today) {
            return new Invoice(
                    invoiceSummary.id(),
                    small(invoiceSummary.kind()),
                    invoiceSummary.number(),
                    invoiceSummary.state().toLowerCase(Locale.ROOT),
                    invoiceSummary.month().toString(),
                    invoiceSummary.issuedAt(),
                    invoiceSummary.buyer(),
                    invoiceSummary.net(),
                    invoiceSummary.total(),
                    invoiceSummary.amountPaid(),
                    invoiceSummary.amountDue(),
                    invoiceSummary.paidAt().orElse(null),
                    invoiceSummary.dueOn().orElse(null),
                    invoiceSummary.isOverdue(today));
        }
    }

    /**
     * A document with all its details.
     *
     * @param rounding the difference between the exact and the rounded total
     * @param reason why it corrects another; absent if it corrects none
     * @param formats the formats in which it is available
     * @param exchangeRate absent if it is in the currency of the reseller's ledger
     */
    public record InvoiceDetail(
            Invoice invoice,
            List<InvoiceLine> lines,
            List<InvoiceTax> taxes,
            Money tax,
            Money rounding,
            @Nullable String reason,
            @Nullable InvoiceReference corrects,
            List<InvoiceReference> correctedBy,
            @Nullable InvoiceReference voidedBy,
            List<String> formats,
            @Nullable InvoiceRate exchangeRate) {}

    /**
     * The conversion of a document in a foreign currency to the currency of the reseller's ledger.
     *
     * @param perUnit the amount in the document's currency per unit of the ledger's currency
     * @param source the source of the rate
     */
    public record InvoiceRate(BigDecimal perUnit, LocalDate day, String source, Money tax, Money total) {
        static @Nullable InvoiceRate of(InvoiceQuery.InvoiceDetails invoiceDetails) {
            return invoiceDetails
                    .rate()
                    .map(rate -> new InvoiceRate(
                            rate.perHome(),
                            rate.day(),
                            rate.source(),
                            rate.coins(invoiceDetails.tax()),
                            rate.coins(invoiceDetails.total())))
                    .orElse(null);
        }
    }

    /**
     * A line of a document.
     *
     * @param id the id of the server or add-on; absent if it is for none
     * @param quantity hours or units
     * @param surcharge the cost of a change of plan within an hour
     * @param taxPercent absent where no tax is collected
     * @param ratedPeriodId the number of the hours that it is of, as in the parts of a charge; absent if it is of none
     * @param journalEntryId the number of the journal's entry, as on the wallet's statement; absent if it is of hours
     * @param carriedOverFrom absent unless it came too late for the document of its month
     */
    public record InvoiceLine(
            String kind,
            @Nullable UUID id,
            String name,
            String description,
            Instant from,
            Instant to,
            BigDecimal quantity,
            Money unitPrice,
            Money surcharge,
            Money amount,
            @Nullable BigDecimal taxPercent,
            @Nullable Long ratedPeriodId,
            @Nullable Long journalEntryId,
            @Nullable CarriedOver carriedOverFrom) {
        static InvoiceLine of(Invoicing.Line line) {
            return new InvoiceLine(
                    line.kind().toLowerCase(Locale.ROOT),
                    line.subjectId().orElse(null),
                    line.name(),
                    line.what(),
                    line.from(),
                    line.to(),
                    line.quantity(),
                    line.unitPrice(),
                    line.surcharge(),
                    line.amount(),
                    line.tax().map(LineTax::percent).orElse(null),
                    line.origin().flatMap(LineSource::periodId).orElse(null),
                    line.origin().flatMap(LineSource::entryId).orElse(null),
                    line.origin().flatMap(LineSource::late).map(CarriedOver::of).orElse(null));
        }
    }

    /**
     * The month of a line that came too late for that month's document.
     *
     * @param month such as 2026-10
     * @param document the document of that month; absent if there was none
     */
    public record CarriedOver(String month, @Nullable InvoiceReference document) {
        static CarriedOver of(LineSource.CarriedOver carriedOver) {
            return new CarriedOver(
                    carriedOver.month().toString(),
                    carriedOver.document().map(InvoiceReference::of).orElse(null));
        }
    }

    /**
     * A subtotal of a document with one tax treatment.
     *
     * @param components the taxes that it is made of, which come to it; none where it is one tax
     */
    public record InvoiceTax(
            String treatment,
            String jurisdiction,
            BigDecimal percent,
            boolean taxIncluded,
            Money taxableAmount,
            Money tax,
            List<InvoiceTaxComponent> components) {
        static InvoiceTax of(TaxSubtotal part) {
            return new InvoiceTax(
                    small(part.treatment()),
                    part.place(),
                    part.percent(),
                    part.isIncluded(),
                    part.statedBase(),
                    part.tax(),
                    part.pieces().stream().map(InvoiceTaxComponent::of).toList());
        }
    }

    /**
     * One of several taxes that are charged together.
     *
     * @param compound whether it is also charged on the taxes before it
     */
    public record InvoiceTaxComponent(String name, BigDecimal percent, boolean compound, Money tax) {
        static InvoiceTaxComponent of(TaxSubtotal.TaxComponent taxComponent) {
            return new InvoiceTaxComponent(
                    taxComponent.name(), taxComponent.percent(), taxComponent.isCompound(), taxComponent.tax());
        }
    }

    /** A reference to another document. */
    public record InvoiceReference(UUID id, String number) {
        static InvoiceReference of(InvoiceReferences.Reference reference) {
            return new InvoiceReference(reference.id(), reference.number());
        }
    }

    /** Lists the documents, the latest first. */
    @GET
    public Paging.Page<Invoice> all(
            @QueryParam("organization_id") @Nullable String named,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("state") @Nullable String state,
            @QueryParam("month") @Nullable String month,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit) {
        var rows = Paging.limit(limit);
        var first = Paging.first(after);
        var listQuery = ListQuery.of(rows)
                .part(first, rows)
                .with(DocumentList.KIND, known("kind", kind, kinds()::contains))
                .with(DocumentList.STATE, known("state", state, STATES::contains))
                .with(DocumentList.MONTH, month(month));
        var today = list.today();
        var found = list.rows(organization.of(named), listQuery).stream()
                .map(invoiceSummary -> Invoice.of(invoiceSummary, today))
                .toList();
        return new Paging.Page<>(found, found.size() < rows ? null : String.valueOf(first + rows));
    }

    /** Returns one document with its lines. */
    @GET
    @Path("{id}")
    public InvoiceDetail one(@PathParam("id") String id) {
        var invoiceDetails = invoiceQuery.one(ActingOrganization.id("id", id));
        var invoiceReferences = invoiceDetails.corrections();
        return new InvoiceDetail(
                invoiceDetails
                        .issued()
                        .map(invoiceSummary -> Invoice.of(invoiceSummary, list.today()))
                        .orElseThrow(),
                invoiceDetails.groups().stream()
                        .flatMap(group -> group.lines().stream())
                        .map(InvoiceLine::of)
                        .toList(),
                invoiceDetails.taxes().stream().map(InvoiceTax::of).toList(),
                invoiceDetails.tax(),
                invoiceDetails.rounding(),
                Optional.of(invoiceReferences.reason())
                        .filter(text -> !text.isEmpty())
                        .orElse(null),
                invoiceReferences.corrects().map(InvoiceReference::of).orElse(null),
                invoiceReferences.correctedBy().stream()
                        .map(InvoiceReference::of)
                        .toList(),
                invoiceReferences.voidedBy().map(InvoiceReference::of).orElse(null),
                files.formats(invoiceDetails).stream()
                        .map(InvoicesResource::named)
                        .toList(),
                InvoiceRate.of(invoiceDetails));
    }

    /** Downloads one document: as PDF, unless another format is named; in the brand's language, unless another is named. */
    @GET
    @Path("{id}/download")
    @Produces(MediaType.WILDCARD)
    public Response download(
            @PathParam("id") String id,
            @QueryParam("format") @Nullable String format,
            @QueryParam("language") @Nullable String language) {
        var wanted = Stream.of(InvoiceFiles.Format.values())
                .filter(one -> format == null || format.isBlank() || named(one).equals(format))
                .findFirst()
                .orElseThrow(() -> ProblemException.field("format", "malformed", String.valueOf(format)));
        var spoken = known("language", language, Language::isOffered);
        var own = tenants.current().locale();
        var locale = spoken.isEmpty() || own.getLanguage().equals(spoken) ? own : Locale.forLanguageTag(spoken);
        var document = ActingOrganization.id("id", id);
        var file = limits.within(HeavyWork.DOCUMENT, () -> files.one(document, wanted, locale));
        return Response.ok(file.content(), file.mediaType())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file.name() + "\"")
                .build();
    }

    private static Set<String> kinds() {
        return Set.of(small(DocumentKind.INVOICE), small(DocumentKind.CREDIT_NOTE), small(DocumentKind.DEBIT_NOTE));
    }

    /** Returns a parameter that must be one of several words; empty if it is absent. */
    private static String known(String field, @Nullable String word, Predicate<String> words) {
        if (word == null || word.isBlank()) {
            return "";
        }
        if (!words.test(word)) {
            throw ProblemException.field(field, "malformed", word);
        }
        return word;
    }

    private static String month(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return "";
        }
        return DateText.month(text)
                .map(YearMonth::toString)
                .orElseThrow(() -> ProblemException.field("month", "malformed", text));
    }

    private static String small(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    private static String named(InvoiceFiles.Format format) {
        return small(format);
    }
}
