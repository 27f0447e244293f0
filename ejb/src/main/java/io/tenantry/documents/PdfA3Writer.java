package io.tenantry.documents;

import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder.PdfAConformance;
import com.openhtmltopdf.util.XRLog;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Prints a page as PDF/A-3: fonts, colors and metadata are embedded, and so is the e-invoice, according to Factur-X. The output does not depend
 * on the time of printing: the same page yields the same bytes.
 */
final class PdfA3Writer {
    /** File name of the e-invoice according to Factur-X. */
    static final String ATTACHED = "factur-x.xml";

    static {
        for (var logger : XRLog.listRegisteredLoggers()) {
            XRLog.setLevel(logger, Level.WARNING);
        }
    }

    private PdfA3Writer() {}

    /**
     * Metadata of the document.
     *
     * @param author the issuer; also stated as the producer, because no other party may appear in it
     * @param issuedAt the time of issue, and so of creation
     */
    record DocumentMetadata(String title, String author, String language, Instant issuedAt) {}

    /** Prints the page, with the e-invoice if there is one. */
    static byte[] of(String page, DocumentMetadata documentMetadata, Optional<byte[]> invoice) {
        var out = new ByteArrayOutputStream();
        try (var renderer = builder(page, documentMetadata).buildPdfRenderer()) {
            renderer.layout();
            renderer.createPDFWithoutClosing();
            var pdf = renderer.getPdfDocument();
            if (invoice.isPresent()) {
                attach(pdf, invoice.get(), documentMetadata);
            }
            describe(pdf, documentMetadata, invoice.isPresent());
            pdf.setDocumentId(seed(page, invoice));
            pdf.save(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private static PdfRendererBuilder builder(String page, DocumentMetadata documentMetadata) {
        var document = parsed(page);
        var builder = new PdfRendererBuilder()
                .usePdfAConformance(PdfAConformance.PDFA_3_A)
                .usePdfUaAccessibility(true)
                .useColorProfile(ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData())
                // Nothing is fetched: the logo is embedded in the page.
                .useUriResolver((base, uri) -> uri.startsWith("data:image/") ? uri : null)
                .withProducer(documentMetadata.author())
                .withW3cDocument(document, null);
        var composed = new ComposedText();
        composeAll(document.getElementsByTagName("body").item(0), composed);
        var families = Fonts.of(document.getDocumentElement().getTextContent(), composed, builder);
        if (!composed.glyphs().isEmpty()) {
            var style = document.createElement("style");
            style.setTextContent("body { font-family: " + families + " }");
            document.getElementsByTagName("head").item(0).appendChild(style);
        }
        if (Fonts.isBeyondLatin(page)) {
            builder.useUnicodeLineBreaker(
                            TextBreaker.lines(composed, Locale.forLanguageTag(documentMetadata.language())))
                    .useUnicodeCharacterBreaker(TextBreaker.characters(composed));
        }
        if (BidiText.isTurned(page)) {
            builder.useUnicodeBidiSplitter(() -> new BidiText.ParagraphRuns(composed))
                    .useUnicodeBidiReorderer(new BidiText(composed));
        }
        return builder;
    }

    /** Replaces characters that cannot be drawn separately, in all texts of an element. */
    private static void composeAll(Node within, ComposedText composed) {
        for (var node = within.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeType() == Node.TEXT_NODE) {
                node.setNodeValue(composed.compose(node.getNodeValue()));
            } else {
                composeAll(node, composed);
            }
        }
    }

    /** Parses with the JDK's parser, whatever the server provides. */
    private static Document parsed(String page) {
        try {
            var factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(page)));
        } catch (ParserConfigurationException | SAXException | IOException impossible) {
            throw new IllegalStateException("cannot read a page", impossible);
        }
    }

    private static void attach(PDDocument pdf, byte[] invoice, DocumentMetadata documentMetadata) throws IOException {
        var file = new PDEmbeddedFile(pdf, new ByteArrayInputStream(invoice), COSName.FLATE_DECODE);
        file.setSubtype("text/xml");
        file.setSize(invoice.length);
        file.setCreationDate(calendar(documentMetadata.issuedAt()));
        file.setModDate(calendar(documentMetadata.issuedAt()));
        var specification = new PDComplexFileSpecification();
        specification.setFile(ATTACHED);
        specification.setFileUnicode(ATTACHED);
        specification.setFileDescription("Factur-X");
        specification.setEmbeddedFile(file);
        specification.setEmbeddedFileUnicode(file);
        specification.getCOSObject().setName("AFRelationship", "Alternative");
        var tree = new PDEmbeddedFilesNameTreeNode();
        tree.setNames(Map.of(ATTACHED, specification));
        var names = new PDDocumentNameDictionary(pdf.getDocumentCatalog());
        names.setEmbeddedFiles(tree);
        pdf.getDocumentCatalog().setNames(names);
        var associated = new COSArray();
        associated.add(specification);
        pdf.getDocumentCatalog().getCOSObject().setItem("AF", associated);
    }

    private static void describe(PDDocument pdf, DocumentMetadata documentMetadata, boolean isInvoice)
            throws IOException {
        var at = calendar(documentMetadata.issuedAt());
        var information = pdf.getDocumentInformation();
        information.setTitle(documentMetadata.title());
        information.setAuthor(documentMetadata.author());
        information.setCreator(documentMetadata.author());
        information.setProducer(documentMetadata.author());
        information.setCreationDate(at);
        information.setModificationDate(at);
        var catalog = pdf.getDocumentCatalog();
        catalog.setLanguage(documentMetadata.language());
        catalog.setMetadata(new PDMetadata(pdf, new ByteArrayInputStream(XmpMetadata.of(documentMetadata, isInvoice))));
    }

    private static Calendar calendar(Instant at) {
        return GregorianCalendar.from(at.truncatedTo(ChronoUnit.SECONDS).atZone(ZoneOffset.UTC));
    }

    /** Returns the identifier of the document, derived from its content rather than the time. */
    private static long seed(String page, Optional<byte[]> invoice) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(page.getBytes(StandardCharsets.UTF_8));
            invoice.ifPresent(digest::update);
            return ByteBuffer.wrap(digest.digest()).getLong();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
