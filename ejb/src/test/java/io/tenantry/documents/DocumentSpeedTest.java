package io.tenantry.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.tenantry.billing.einvoice.CiiWriter;
import io.tenantry.billing.einvoice.Profile;
import io.tenantry.testing.BuildLog;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The cost of a PDF of five lines, with and without the embedded e-invoice, measured as CPU time of the whole process and as allocated memory.
 *
 * <p>{@code -Dtenantry.documents.count=500} sets the number in each turn.
 */
@Tag("full")
class DocumentSpeedTest {
    private static final int DOCUMENTS = Integer.getInteger("tenantry.documents.count", 5);
    private static final int WARM_UP = 2 * DOCUMENTS;
    private static final int PAIRS = 5;
    private static final double MIB = 1_048_576;
    private static final double RATIO_ATMOST = 3;
    private static final double MIB_ATMOST = 100;
    private static final double SCRIPTS_RATIO_ATMOST = 6;
    private static final String SCRIPTS = "บริษัท ทดสอบ हिन्दी कंपनी شركة النور 深圳市星云";
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    private record Cost(double cpuSeconds, double mib) {}

    @Test
    void eInvoiceCostsLessThanThePdf() {
        assertThat(pdf(true)).hasSizeGreaterThan(pdf(false).length);
        var unusedWarmUp = List.of(cost(true, WARM_UP), cost(false, WARM_UP));
        var with = new ArrayList<Cost>();
        var without = new ArrayList<Cost>();
        for (var pair = 0; pair < PAIRS; pair++) {
            var isFirst = pair % 2 == 0;
            (isFirst ? with : without).add(cost(isFirst, DOCUMENTS));
            (isFirst ? without : with).add(cost(!isFirst, DOCUMENTS));
        }
        var ratio = median(with.stream().map(Cost::cpuSeconds).toList())
                / median(without.stream().map(Cost::cpuSeconds).toList());
        var mib = median(with.stream().map(Cost::mib).toList());
        BuildLog.note(String.format(
                Locale.ROOT,
                "documents: %.1f a CPU-second with the e-invoice, %.1f without, %.2f times the CPU; %.1f and %.1f MiB asked for; %,d and %,d bytes",
                1 / median(with.stream().map(Cost::cpuSeconds).toList()),
                1 / median(without.stream().map(Cost::cpuSeconds).toList()),
                ratio,
                mib,
                median(without.stream().map(Cost::mib).toList()),
                pdf(true).length,
                pdf(false).length));
        assertThat(ratio).isLessThan(RATIO_ATMOST);
        assertThat(mib).isLessThan(MIB_ATMOST);
    }

    /** A name in Thai, Hindi and Arabic costs no multiple of one in Latin, whose document embeds no further font. */
    @Test
    void otherScriptsCostLittleMoreThanLatin() {
        var latin = new ArrayList<Double>();
        var others = new ArrayList<Double>();
        var unusedWarmUp = List.of(cost("Nordlicht GmbH", WARM_UP), cost(SCRIPTS, WARM_UP));
        for (var pair = 0; pair < PAIRS; pair++) {
            latin.add(cost("Nordlicht GmbH", DOCUMENTS));
            others.add(cost(SCRIPTS, DOCUMENTS));
        }
        var ratio = median(others) / median(latin);
        BuildLog.note(String.format(
                Locale.ROOT,
                "documents: a name in Thai, Hindi, Arabic and Chinese %.2f times the CPU of one in Latin; %,d and %,d bytes",
                ratio,
                named(SCRIPTS).length,
                named("Nordlicht GmbH").length));
        assertThat(ratio).isLessThan(SCRIPTS_RATIO_ATMOST);
    }

    private static double cost(String name, int count) {
        var cpu = PROCESS.getProcessCpuTime();
        for (var i = 0; i < count; i++) {
            assertThat(named(name)).isNotEmpty();
        }
        return (PROCESS.getProcessCpuTime() - cpu) / 1e9 / count;
    }

    private static byte[] named(String name) {
        var words = new DocumentTexts(Locale.GERMANY, SampleDocuments.BERLIN);
        var page = DocumentTest.page(SampleDocuments.invoice(SampleDocuments.DOMESTIC, 2), words, Optional.empty());
        return PdfA3Writer.of(page.replace("web-1", name), DocumentTest.documentMetadata(), Optional.empty());
    }

    /** Returns the cost of one document. */
    private static Cost cost(boolean hasInvoice, int count) {
        var cpu = PROCESS.getProcessCpuTime();
        var memory = THREADS.getCurrentThreadAllocatedBytes();
        for (var i = 0; i < count; i++) {
            assertThat(pdf(hasInvoice)).isNotEmpty();
        }
        return new Cost(
                (PROCESS.getProcessCpuTime() - cpu) / 1e9 / count,
                (THREADS.getCurrentThreadAllocatedBytes() - memory) / MIB / count);
    }

    private static byte[] pdf(boolean hasInvoice) {
        var invoiceDetails = SampleDocuments.invoice(SampleDocuments.DOMESTIC, 2);
        var words = new DocumentTexts(Locale.GERMANY, SampleDocuments.BERLIN);
        return PdfA3Writer.of(
                DocumentTest.page(invoiceDetails, words, Optional.empty()),
                DocumentTest.documentMetadata(),
                hasInvoice
                        ? Optional.of(
                                CiiWriter.of(DocumentTest.invoice(invoiceDetails, Locale.GERMANY), Profile.EN_16931))
                        : Optional.empty());
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
