<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Accept suggestions</name>
    <message numerus="yes">
        <source>%Ln region(s) will be named</source>
        <translation>
            <numerusform>%Ln Region wird benannt</numerusform>
            <numerusform>%Ln Regionen werden benannt</numerusform>
        </translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Bestätigen</translation>
    </message>
    <message>
        <source>Accept suggested names</source>
        <translation>Vorgeschlagene Namen bestätigen</translation>
    </message>
    <message>
        <source>Accept suggestions</source>
        <translation>Vorschläge bestätigen</translation>
    </message>
    <message>
        <source>Accepts every suggested name at this confidence or above. You can undo this in one step.</source>
        <translation>Bestätigt alle vorgeschlagenen Namen ab dieser Sicherheit. Ein einziges Rückgängig nimmt alles zurück.</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Wird gezählt…</translation>
    </message>
    <message>
        <source>In all unfinished images</source>
        <translation>In allen offenen Bildern</translation>
    </message>
    <message>
        <source>In this image</source>
        <translation>In diesem Bild</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;About ACSeg Desktop</source>
        <translation>Ü&amp;ber ACSeg Desktop</translation>
    </message>
    <message>
        <source>&amp;Accept &amp;&amp; next</source>
        <translation>Bestätigen &amp;&amp; &amp;weiter</translation>
    </message>
    <message>
        <source>&amp;Actual size (100%)</source>
        <translation>Origina&amp;lgröße (100 %)</translation>
    </message>
    <message>
        <source>&amp;Add photos…</source>
        <translation>Fotos &amp;hinzufügen…</translation>
    </message>
    <message>
        <source>&amp;Bands and contrast…</source>
        <translation>&amp;Bänder und Kontrast…</translation>
    </message>
    <message>
        <source>&amp;Brush</source>
        <translation>&amp;Pinsel</translation>
    </message>
    <message>
        <source>&amp;Change shortcuts…</source>
        <translation>Tastenkürzel ä&amp;ndern…</translation>
    </message>
    <message>
        <source>&amp;Clear selection</source>
        <translation>Au&amp;swahl aufheben</translation>
    </message>
    <message>
        <source>&amp;Close project</source>
        <translation>Projekt s&amp;chließen</translation>
    </message>
    <message>
        <source>&amp;Clusters</source>
        <translation>&amp;Cluster</translation>
    </message>
    <message>
        <source>&amp;Coarser regions</source>
        <translation>&amp;Gröbere Regionen</translation>
    </message>
    <message>
        <source>&amp;Copy labels from the previous image</source>
        <translation>Labels &amp;des vorigen Bilds übernehmen</translation>
    </message>
    <message>
        <source>&amp;Decline suggestion</source>
        <translation>Vorschlag &amp;ablehnen</translation>
    </message>
    <message>
        <source>&amp;Doubtful names</source>
        <translation>&amp;Zweifelhafte Namen</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>B&amp;earbeiten</translation>
    </message>
    <message>
        <source>&amp;Eraser</source>
        <translation>&amp;Radierer</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>E&amp;xportieren…</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Find similar regions</source>
        <translation>Ä&amp;hnliche Regionen suchen</translation>
    </message>
    <message>
        <source>&amp;Finer regions</source>
        <translation>Fe&amp;inere Regionen</translation>
    </message>
    <message>
        <source>&amp;Finish drawing</source>
        <translation>Zeichnung &amp;fertigstellen</translation>
    </message>
    <message>
        <source>&amp;First steps</source>
        <translation>Erste &amp;Schritte</translation>
    </message>
    <message>
        <source>&amp;Fit to window</source>
        <translation>&amp;Ins Fenster einpassen</translation>
    </message>
    <message>
        <source>&amp;Group similar regions</source>
        <translation>Ähnliche Regionen &amp;gruppieren</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Hide selected regions</source>
        <translation>Gewählte Regionen aus&amp;blenden</translation>
    </message>
    <message>
        <source>&amp;Image</source>
        <translation>Bi&amp;ld</translation>
    </message>
    <message>
        <source>&amp;Import labels…</source>
        <translation>Labels &amp;importieren…</translation>
    </message>
    <message>
        <source>&amp;Invert selection</source>
        <translation>Auswahl &amp;umkehren</translation>
    </message>
    <message>
        <source>&amp;Keep name</source>
        <translation>Namen &amp;behalten</translation>
    </message>
    <message>
        <source>&amp;Merge</source>
        <translation>&amp;Verbinden</translation>
    </message>
    <message>
        <source>&amp;Merge clusters</source>
        <translation>&amp;Cluster verbinden</translation>
    </message>
    <message>
        <source>&amp;Name…</source>
        <translation>Be&amp;nennen…</translation>
    </message>
    <message>
        <source>&amp;New project…</source>
        <translation>&amp;Neues Projekt…</translation>
    </message>
    <message>
        <source>&amp;Next image</source>
        <translation>&amp;Nächstes Bild</translation>
    </message>
    <message>
        <source>&amp;Open project…</source>
        <translation>Projekt &amp;öffnen…</translation>
    </message>
    <message>
        <source>&amp;Overlay</source>
        <translation>&amp;Überlagerung</translation>
    </message>
    <message>
        <source>&amp;Polygon</source>
        <translation>P&amp;olygon</translation>
    </message>
    <message>
        <source>&amp;Previous image</source>
        <translation>&amp;Vorheriges Bild</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>Been&amp;den</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>Wieder&amp;herstellen</translation>
    </message>
    <message>
        <source>&amp;Redo {verb}</source>
        <translation>Wieder&amp;herstellen: {verb}</translation>
    </message>
    <message>
        <source>&amp;Region</source>
        <translation>&amp;Region</translation>
    </message>
    <message>
        <source>&amp;Reject</source>
        <translation>Ver&amp;werfen</translation>
    </message>
    <message>
        <source>&amp;Remove last point</source>
        <translation>Le&amp;tzten Punkt entfernen</translation>
    </message>
    <message>
        <source>&amp;Search images…</source>
        <translation>&amp;Bilder suchen…</translation>
    </message>
    <message>
        <source>&amp;Select</source>
        <translation>&amp;Auswählen</translation>
    </message>
    <message>
        <source>&amp;Skipped files…</source>
        <translation>Ü&amp;bergangene Dateien…</translation>
    </message>
    <message>
        <source>&amp;Split automatically</source>
        <translation>Automatisch &amp;teilen</translation>
    </message>
    <message>
        <source>&amp;Split cluster</source>
        <translation>Cluster &amp;teilen</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>&amp;Werkzeuge</translation>
    </message>
    <message>
        <source>&amp;Train on my images…</source>
        <translation>Mit meinen Bildern &amp;trainieren…</translation>
    </message>
    <message>
        <source>&amp;Trim history…</source>
        <translation>&amp;Verlauf kürzen…</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Undo {verb}</source>
        <translation>&amp;Rückgängig: {verb}</translation>
    </message>
    <message>
        <source>&amp;Use suggestion</source>
        <translation>Vorschlag &amp;verwenden</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>A&amp;ccept suggestions</source>
        <translation>Vorschläge be&amp;stätigen</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Bestätigen</translation>
    </message>
    <message>
        <source>Accept empty images without as&amp;king</source>
        <translation>Leere Bilder ohne Nac&amp;hfrage bestätigen</translation>
    </message>
    <message>
        <source>Accept s&amp;uggestion</source>
        <translation>Vorschlag be&amp;stätigen</translation>
    </message>
    <message>
        <source>Accept suggestions a&amp;bove…</source>
        <translation>&amp;Sichere Vorschläge bestätigen…</translation>
    </message>
    <message>
        <source>Accept the names shown and go to the next image</source>
        <translation>Gezeigte Namen bestätigen und zum nächsten Bild gehen</translation>
    </message>
    <message>
        <source>Accept the suggested names of the selection</source>
        <translation>Vorgeschlagene Namen der Auswahl bestätigen</translation>
    </message>
    <message>
        <source>Add a &amp;folder of photos…</source>
        <translation>&amp;Ordner mit Fotos hinzufügen…</translation>
    </message>
    <message>
        <source>Assign label {number}</source>
        <translation>Label {number} zuweisen</translation>
    </message>
    <message>
        <source>Bac&amp;k</source>
        <translation>Z&amp;urück</translation>
    </message>
    <message>
        <source>Back to the previous view</source>
        <translation>Zurück zur vorigen Ansicht</translation>
    </message>
    <message>
        <source>Backspace</source>
        <translation>Rücktaste</translation>
    </message>
    <message>
        <source>Bright&amp;ness and contrast</source>
        <translation>Helligkeit u&amp;nd Kontrast</translation>
    </message>
    <message>
        <source>Brush: paint a region</source>
        <translation>Pinsel: eine Region malen</translation>
    </message>
    <message>
        <source>C&amp;ancel</source>
        <translation>A&amp;bbrechen</translation>
    </message>
    <message>
        <source>C&amp;omment…</source>
        <translation>&amp;Kommentar…</translation>
    </message>
    <message>
        <source>Concept &amp;browser</source>
        <translation>&amp;Konzeptübersicht</translation>
    </message>
    <message>
        <source>Concept browser: name similar regions of all images at once</source>
        <translation>Konzeptübersicht: ähnliche Regionen aller Bilder auf einmal benennen</translation>
    </message>
    <message>
        <source>Cut out an object with a few clicks</source>
        <translation>Ein Objekt mit wenigen Klicks herausschneiden</translation>
    </message>
    <message>
        <source>D&amp;ecline suggestions</source>
        <translation>Vorschläge &amp;ablehnen</translation>
    </message>
    <message>
        <source>D&amp;issolve into neighbours</source>
        <translation>&amp;In die Nachbarn auflösen</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Eraser: remove pixels from a region</source>
        <translation>Radierer: Pixel aus einer Region entfernen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Export the labelled images</source>
        <translation>Beschriftete Bilder exportieren</translation>
    </message>
    <message>
        <source>Fill ho&amp;les</source>
        <translation>&amp;Löcher füllen</translation>
    </message>
    <message>
        <source>Find regions similar to the selected one</source>
        <translation>Regionen suchen, die der ausgewählten ähneln</translation>
    </message>
    <message>
        <source>Find similar</source>
        <translation>Ähnliche</translation>
    </message>
    <message>
        <source>Fit the image to the window</source>
        <translation>Bild ins Fenster einpassen</translation>
    </message>
    <message>
        <source>Give all labels &amp;distinct colours</source>
        <translation>Allen Labels unters&amp;cheidbare Farben geben</translation>
    </message>
    <message>
        <source>Give the selected regions the suggested name</source>
        <translation>Den ausgewählten Regionen den vorgeschlagenen Namen geben</translation>
    </message>
    <message>
        <source>Gro&amp;w</source>
        <translation>Region ve&amp;rgrößern</translation>
    </message>
    <message>
        <source>Grow or shrink b&amp;y…</source>
        <translation>Region vergrößern oder verkleinern &amp;um…</translation>
    </message>
    <message>
        <source>Hi&amp;gh-contrast region colours</source>
        <translation>Kontras&amp;treiche Regionsfarben</translation>
    </message>
    <message>
        <source>Keep &amp;zoom on the next image</source>
        <translation>Zoom beim nächsten Bild be&amp;halten</translation>
    </message>
    <message>
        <source>Keep name</source>
        <translation>Namen behalten</translation>
    </message>
    <message>
        <source>Keep the name of the selected regions</source>
        <translation>Namen der ausgewählten Regionen behalten</translation>
    </message>
    <message>
        <source>Keyboard &amp;shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>Lar&amp;ger brush</source>
        <translation>&amp;Größerer Pinsel</translation>
    </message>
    <message>
        <source>M&amp;erge with sibling</source>
        <translation>Mit Ge&amp;genstück verbinden</translation>
    </message>
    <message>
        <source>M&amp;odels</source>
        <translation>M&amp;odelle</translation>
    </message>
    <message>
        <source>Mark as v&amp;oid</source>
        <translation>Als ign&amp;oriert markieren</translation>
    </message>
    <message>
        <source>Mer&amp;ge as…</source>
        <translation>Ver&amp;binden als…</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Merge in&amp;to neighbour</source>
        <translation>Mit Na&amp;chbarn verbinden</translation>
    </message>
    <message>
        <source>Merge the selected clusters into one</source>
        <translation>Ausgewählte Cluster zu einem verbinden</translation>
    </message>
    <message>
        <source>Merge the selected regions into one</source>
        <translation>Ausgewählte Regionen zu einer verbinden</translation>
    </message>
    <message>
        <source>Models of this project: which made what, and which is in use</source>
        <translation>Modelle dieses Projekts: welches was vorgeschlagen hat und welches verwendet wird</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Benennen</translation>
    </message>
    <message>
        <source>Name all selected regions</source>
        <translation>Alle ausgewählten Regionen benennen</translation>
    </message>
    <message>
        <source>Name the selected regions</source>
        <translation>Ausgewählte Regionen benennen</translation>
    </message>
    <message>
        <source>Ne&amp;xt panel</source>
        <translation>Nächster &amp;Bereich</translation>
    </message>
    <message>
        <source>Next unfinishe&amp;d image</source>
        <translation>Nächstes &amp;offenes Bild</translation>
    </message>
    <message>
        <source>Next unnamed &amp;region</source>
        <translation>Nächste &amp;Region ohne Namen</translation>
    </message>
    <message>
        <source>Open &amp;log folder</source>
        <translation>&amp;Protokollordner öffnen</translation>
    </message>
    <message>
        <source>Out&amp;lines</source>
        <translation>&amp;Umrisse</translation>
    </message>
    <message>
        <source>Over&amp;view map</source>
        <translation>Üb&amp;ersichtskarte</translation>
    </message>
    <message>
        <source>P&amp;revious panel</source>
        <translation>Vorheriger Be&amp;reich</translation>
    </message>
    <message>
        <source>Polygon: outline a region point by point</source>
        <translation>Polygon: eine Region Punkt für Punkt umreißen</translation>
    </message>
    <message>
        <source>Pre&amp;ferences…</source>
        <translation>&amp;Einstellungen…</translation>
    </message>
    <message>
        <source>Previous unfinis&amp;hed image</source>
        <translation>Vorheriges o&amp;ffenes Bild</translation>
    </message>
    <message>
        <source>Propos&amp;e regions…</source>
        <translation>R&amp;egionen vorschlagen…</translation>
    </message>
    <message>
        <source>Propose regions for many images</source>
        <translation>Regionen für viele Bilder vorschlagen</translation>
    </message>
    <message>
        <source>Propose regions for th&amp;is image</source>
        <translation>Regionen für &amp;dieses Bild vorschlagen</translation>
    </message>
    <message>
        <source>Re&amp;locate images…</source>
        <translation>B&amp;ilder neu zuordnen…</translation>
    </message>
    <message>
        <source>Re&amp;moved images…</source>
        <translation>En&amp;tfernte Bilder…</translation>
    </message>
    <message>
        <source>Re&amp;viewed by a second person</source>
        <translation>Von &amp;zweiter Person geprüft</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Reject the selected regions</source>
        <translation>Ausgewählte Regionen verwerfen</translation>
    </message>
    <message>
        <source>Rem&amp;ove from cluster</source>
        <translation>Aus Cluster entfe&amp;rnen</translation>
    </message>
    <message>
        <source>Remo&amp;ve name</source>
        <translation>Namen &amp;entfernen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove from pro&amp;ject…</source>
        <translation>Aus dem Pro&amp;jekt entfernen…</translation>
    </message>
    <message>
        <source>Remove the selected regions from their cluster</source>
        <translation>Ausgewählte Regionen aus ihrem Cluster entfernen</translation>
    </message>
    <message>
        <source>Rescan &amp;image folder</source>
        <translation>Bilderordner neu &amp;einlesen</translation>
    </message>
    <message>
        <source>S&amp;maller brush</source>
        <translation>Kl&amp;einerer Pinsel</translation>
    </message>
    <message>
        <source>Se&amp;gment from labelled images</source>
        <translation>&amp;Anhand beschrifteter Bilder segmentieren</translation>
    </message>
    <message>
        <source>Segment all &amp;unfinished images from labelled ones</source>
        <translation>Alle offenen Bilder anhand beschrifteter &amp;segmentieren</translation>
    </message>
    <message>
        <source>Select &amp;all regions</source>
        <translation>&amp;Alle Regionen auswählen</translation>
    </message>
    <message>
        <source>Select regions: click, or drag a box</source>
        <translation>Regionen auswählen: klicken oder einen Rahmen ziehen</translation>
    </message>
    <message>
        <source>Show image</source>
        <translation>Zum Bild</translation>
    </message>
    <message>
        <source>Show in &amp;image</source>
        <translation>I&amp;m Bild zeigen</translation>
    </message>
    <message>
        <source>Show only the &amp;photo (hold)</source>
        <translation>Nur das F&amp;oto zeigen (halten)</translation>
    </message>
    <message>
        <source>Show only the &amp;selection</source>
        <translation>Nur die &amp;Auswahl zeigen</translation>
    </message>
    <message>
        <source>Show or hide the regions</source>
        <translation>Regionen zeigen oder ausblenden</translation>
    </message>
    <message>
        <source>Show the selected region in its image</source>
        <translation>Ausgewählte Region in ihrem Bild zeigen</translation>
    </message>
    <message>
        <source>Shrin&amp;k</source>
        <translation>Region ver&amp;kleinern</translation>
    </message>
    <message>
        <source>Smoot&amp;h outline</source>
        <translation>U&amp;mriss glätten</translation>
    </message>
    <message>
        <source>Soft region &amp;colours</source>
        <translation>&amp;Sanfte Regionsfarben</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Teilen</translation>
    </message>
    <message>
        <source>Split a region along a line you draw</source>
        <translation>Eine Region entlang einer gezeichneten Linie teilen</translation>
    </message>
    <message>
        <source>Split along a &amp;line</source>
        <translation>Entlang einer &amp;Linie teilen</translation>
    </message>
    <message>
        <source>Split by &amp;clicks</source>
        <translation>Durch &amp;Klicks teilen</translation>
    </message>
    <message>
        <source>Split into separate p&amp;arts</source>
        <translation>In einzelne Teile &amp;zerlegen</translation>
    </message>
    <message>
        <source>Split the selected cluster in two</source>
        <translation>Ausgewählten Cluster in zwei teilen</translation>
    </message>
    <message>
        <source>Split the selected region automatically</source>
        <translation>Ausgewählte Region automatisch teilen</translation>
    </message>
    <message>
        <source>Statistics and not&amp;es</source>
        <translation>Statistik un&amp;d Notizen</translation>
    </message>
    <message>
        <source>Suggest na&amp;mes for all regions</source>
        <translation>Na&amp;men für alle Regionen vorschlagen</translation>
    </message>
    <message>
        <source>Suggest names from a &amp;list…</source>
        <translation>Namen aus einer &amp;Liste vorschlagen…</translation>
    </message>
    <message>
        <source>Train a model on the images of this project, without labels</source>
        <translation>Ein Modell mit den Bildern dieses Projekts trainieren, ohne Labels</translation>
    </message>
    <message>
        <source>Use &amp;this granularity for all images</source>
        <translation>Diese Feinhei&amp;t für alle Bilder verwenden</translation>
    </message>
    <message>
        <source>Use all above…</source>
        <translation>Alle sicheren verwenden…</translation>
    </message>
    <message>
        <source>Use all suggestions &amp;above…</source>
        <translation>Alle s&amp;icheren Vorschläge verwenden…</translation>
    </message>
    <message>
        <source>Use all suggestions above a confidence you choose</source>
        <translation>Alle Vorschläge ab einer wählbaren Sicherheit verwenden</translation>
    </message>
    <message>
        <source>Use suggestion</source>
        <translation>Vorschlag verwenden</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>Ver&amp;größern</translation>
    </message>
    <message>
        <source>Zoom o&amp;ut</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
</context>
<context>
    <name>Bands</name>
    <message numerus="yes">
        <source>%Ln image(s) shown otherwise</source>
        <translation>
            <numerusform>%Ln Bild wird anders gezeigt</numerusform>
            <numerusform>%Ln Bilder werden anders gezeigt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left as they were, as they have no such bands</source>
        <translation>
            <numerusform>%Ln bleibt, wie es war, denn es hat keine solchen Bänder</numerusform>
            <numerusform>%Ln bleiben, wie sie waren, denn sie haben keine solchen Bänder</numerusform>
        </translation>
    </message>
    <message>
        <source>band {band}: {black} to {white}</source>
        <translation>Band {band}: {black} bis {white}</translation>
    </message>
</context>
<context>
    <name>Bands form</name>
    <message>
        <source>All images</source>
        <translation>Alle Bilder</translation>
    </message>
    <message>
        <source>All tiles of this scene</source>
        <translation>Alle Kacheln dieser Szene</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>As when it was added</source>
        <translation>Wie beim Hinzufügen</translation>
    </message>
    <message>
        <source>Bands and contrast</source>
        <translation>Bänder und Kontrast</translation>
    </message>
    <message>
        <source>Black below</source>
        <translation>Schwarz unter</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Images added later, too</source>
        <translation>Auch später hinzugefügte Bilder</translation>
    </message>
    <message>
        <source>Near infrared, red, green</source>
        <translation>Nahes Infrarot, Rot, Grün</translation>
    </message>
    <message>
        <source>One band in grey</source>
        <translation>Ein Band in Grau</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>Red, green, blue</source>
        <translation>Rot, Grün, Blau</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>This image</source>
        <translation>Dieses Bild</translation>
    </message>
    <message>
        <source>Three bands of your choice</source>
        <translation>Drei Bänder nach Wahl</translation>
    </message>
    <message>
        <source>White above</source>
        <translation>Weiß über</translation>
    </message>
    <message>
        <source>blue</source>
        <translation>blau</translation>
    </message>
    <message>
        <source>green</source>
        <translation>grün</translation>
    </message>
    <message>
        <source>grey</source>
        <translation>grau</translation>
    </message>
    <message>
        <source>near infrared</source>
        <translation>nahes Infrarot</translation>
    </message>
    <message>
        <source>red</source>
        <translation>rot</translation>
    </message>
    <message>
        <source>transparency</source>
        <translation>Transparenz</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>{path} is missing</source>
        <translation>{path} fehlt</translation>
    </message>
</context>
<context>
    <name>Canvas header</name>
    <message numerus="yes">
        <source>Accept %Ln name(s)</source>
        <translation>
            <numerusform>%Ln Namen bestätigen</numerusform>
            <numerusform>%Ln Namen bestätigen</numerusform>
        </translation>
    </message>
    <message>
        <source>Accept &amp;&amp; next</source>
        <translation>Bestätigen &amp;&amp; weiter</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Done, reviewed</source>
        <translation>Fertig, geprüft</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Fehlt</translation>
    </message>
    <message>
        <source>Overlay opacity</source>
        <translation>Deckkraft der Überlagerung</translation>
    </message>
    <message>
        <source>Unreadable</source>
        <translation>Nicht lesbar</translation>
    </message>
</context>
<context>
    <name>Carried names</name>
    <message>
        <source>Alike</source>
        <translation>Gleich</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>How far they are the same pixels, and look alike</source>
        <translation>Wie weit es dieselben Pixel sind und gleich aussehen</translation>
    </message>
    <message numerus="yes">
        <source>Keep %Ln name(s)</source>
        <translation>
            <numerusform>%Ln Namen behalten</numerusform>
            <numerusform>%Ln Namen behalten</numerusform>
        </translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Names carried over</source>
        <translation>Übernommene Namen</translation>
    </message>
    <message>
        <source>Names to carry over</source>
        <translation>Übernommene Namen</translation>
    </message>
    <message>
        <source>New regions have the names of those in whose place they are. Uncheck a name to take it back from its regions. Undo takes everything back at once.</source>
        <translation>Neue Regionen haben die Namen derer, an deren Stelle sie sind. Ein Name ohne Häkchen wird seinen Regionen wieder genommen. Rückgängig nimmt alles auf einmal zurück.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>Regionen</translation>
    </message>
    <message>
        <source>Take all back</source>
        <translation>Alle zurücknehmen</translation>
    </message>
</context>
<context>
    <name>Class list</name>
    <message>
        <source>A text model compares regions with these names. Write one name per line; add synonyms after a vertical bar. Regions you have named do not change.</source>
        <translation>Ein Textmodell vergleicht Regionen mit diesen Namen. Einen Namen je Zeile schreiben; Synonyme stehen hinter einem senkrechten Strich. Schon benannte Regionen ändern sich nicht.</translation>
    </message>
    <message>
        <source>All images, region by region</source>
        <translation>Alle Bilder, Region für Region</translation>
    </message>
    <message>
        <source>All images, sampling a few regions per cluster</source>
        <translation>Alle Bilder, mit Stichproben aus jedem Cluster</translation>
    </message>
    <message>
        <source>Apply to</source>
        <translation>Anwenden auf</translation>
    </message>
    <message>
        <source>Class names</source>
        <translation>Klassennamen</translation>
    </message>
    <message>
        <source>Comparing regions with names</source>
        <translation>Regionen werden mit Namen verglichen</translation>
    </message>
    <message>
        <source>Enter the model&apos;s name in open_clip, such as ViT-B-32:laion2b_s34b_b79k.</source>
        <translation>Den Namen des Modells in open_clip eingeben, etwa ViT-B-32:laion2b_s34b_b79k.</translation>
    </message>
    <message>
        <source>Group similar regions first, in the concept browser</source>
        <translation>Zuerst ähnliche Regionen gruppieren, in der Konzeptübersicht</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>Only the current image</source>
        <translation>Nur das aktuelle Bild</translation>
    </message>
    <message>
        <source>Suggest</source>
        <translation>Vorschlagen</translation>
    </message>
    <message>
        <source>Suggest names from a list</source>
        <translation>Namen aus einer Liste vorschlagen</translation>
    </message>
    <message>
        <source>Text model</source>
        <translation>Textmodell</translation>
    </message>
    <message>
        <source>This needs open_clip, which is not installed. Run: pip install &quot;acseg-desktop[text]&quot;</source>
        <translation>Dafür fehlt open_clip. Ausführen: pip install &quot;acseg-desktop[text]&quot;</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>Weights (*.safetensors *.pt *.bin)</source>
        <translation>Gewichte (*.safetensors *.pt *.bin)</translation>
    </message>
    <message>
        <source>Weights of the text model</source>
        <translation>Gewichte des Textmodells</translation>
    </message>
    <message>
        <source>car | van
road
sky</source>
        <translation>Auto | Lieferwagen
Straße
Himmel</translation>
    </message>
    <message>
        <source>downloaded when needed</source>
        <translation>werden bei Bedarf geladen</translation>
    </message>
    <message>
        <source>{path}: no such file.</source>
        <translation>{path}: Datei nicht gefunden.</translation>
    </message>
</context>
<context>
    <name>Clusters</name>
    <message numerus="yes">
        <source>%Ln cluster(s) merged</source>
        <translation>
            <numerusform>%Ln Cluster verbunden</numerusform>
            <numerusform>%Ln Cluster verbunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) could not be used; the others are done.</source>
        <translation>
            <numerusform>%Ln Bild war nicht brauchbar; die übrigen sind fertig.</numerusform>
            <numerusform>%Ln Bilder waren nicht brauchbar; die übrigen sind fertig.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s)</source>
        <translation>
            <numerusform>%Ln Region</numerusform>
            <numerusform>%Ln Regionen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) in {clusters}</source>
        <translation>
            <numerusform>%Ln Region in {clusters}</numerusform>
            <numerusform>%Ln Regionen in {clusters}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) named as suggested</source>
        <translation>
            <numerusform>%Ln Region wie vorgeschlagen benannt</numerusform>
            <numerusform>%Ln Regionen wie vorgeschlagen benannt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) removed from the cluster; undo brings (it,them) back</source>
        <translation>
            <numerusform>%Ln Region aus dem Cluster entfernt; Rückgängig legt sie zurück</numerusform>
            <numerusform>%Ln Regionen aus dem Cluster entfernt; Rückgängig legt sie zurück</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancelled; finished work is kept</source>
        <translation>Abgebrochen; Fertiges bleibt erhalten</translation>
    </message>
    <message>
        <source>Cancelled; the clusters have not changed</source>
        <translation>Abgebrochen; die Cluster sind unverändert</translation>
    </message>
    <message>
        <source>Cluster split in two</source>
        <translation>Cluster in zwei geteilt</translation>
    </message>
    <message>
        <source>First select the regions that do not belong in their cluster</source>
        <translation>Zuerst die Regionen auswählen, die nicht in ihren Cluster gehören</translation>
    </message>
    <message>
        <source>Name look-alikes</source>
        <translation>Ähnliche benennen</translation>
    </message>
    <message>
        <source>No name is suggested for the selection</source>
        <translation>Für die Auswahl ist kein Name vorgeschlagen</translation>
    </message>
    <message>
        <source>Nothing to name: the regions are already “{name}” or rejected</source>
        <translation>Nichts zu benennen: Die Regionen heißen schon „{name}“ oder sind verworfen</translation>
    </message>
    <message>
        <source>Select one region first</source>
        <translation>Zuerst eine Region auswählen</translation>
    </message>
    <message>
        <source>Select only one cluster</source>
        <translation>Nur einen Cluster auswählen</translation>
    </message>
    <message>
        <source>Show…</source>
        <translation>Zeigen…</translation>
    </message>
    <message>
        <source>To merge clusters, select two or more by their headers (Ctrl+click or Shift+↓)</source>
        <translation>Zum Verbinden zwei oder mehr Cluster an ihren Kopfzeilen auswählen (Strg+Klick oder Umschalt+↓)</translation>
    </message>
    <message>
        <source>{back} or {browser} goes back to the concept browser</source>
        <translation>{back} oder {browser} führt zurück zur Konzeptübersicht</translation>
    </message>
    <message numerus="yes">
        <source>{regions} in %Ln photo(s): name look-alikes at once</source>
        <translation>
            <numerusform>{regions} in %Ln Foto: Ähnliche auf einmal benennen</numerusform>
            <numerusform>{regions} in %Ln Fotos: Ähnliche auf einmal benennen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Comparison</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Delete this model</source>
        <translation>Dieses Modell löschen</translation>
    </message>
    <message>
        <source>Fits accepted</source>
        <translation>Trifft Angenommenes</translation>
    </message>
    <message>
        <source>How alike the regions stay when the image is mirrored or cropped, before and after</source>
        <translation>Wie gleich die Regionen bleiben, wenn das Bild gespiegelt oder beschnitten wird, vorher und nachher</translation>
    </message>
    <message>
        <source>How well regions can be cut to fit those you accepted, before and after; – where none are</source>
        <translation>Wie gut sich Regionen so bilden lassen, dass sie die angenommenen treffen, vorher und nachher; – wo keine angenommen sind</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Images kept aside</source>
        <translation>Zurückgehaltene Bilder</translation>
    </message>
    <message numerus="yes">
        <source>Judged on %Ln image(s) that neither model has learned from</source>
        <translation>
            <numerusform>Beurteilt an %Ln Bild, aus dem keines der Modelle gelernt hat</numerusform>
            <numerusform>Beurteilt an %Ln Bildern, aus denen keines der Modelle gelernt hat</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep the current model</source>
        <translation>Beim bisherigen Modell bleiben</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>Regionen</translation>
    </message>
    <message>
        <source>Regions before and after</source>
        <translation>Regionen vorher und nachher</translation>
    </message>
    <message>
        <source>Steady</source>
        <translation>Beständig</translation>
    </message>
    <message>
        <source>Use this model</source>
        <translation>Dieses Modell verwenden</translation>
    </message>
    <message>
        <source>about the same</source>
        <translation>etwa gleich</translation>
    </message>
    <message>
        <source>better</source>
        <translation>besser</translation>
    </message>
    <message>
        <source>worse</source>
        <translation>schlechter</translation>
    </message>
    <message>
        <source>{judged}, by how steady the regions are: too few of these images have accepted regions to go by.</source>
        <translation>{judged}, danach, wie beständig die Regionen sind: In zu wenigen dieser Bilder sind Regionen angenommen, nach denen es ginge.</translation>
    </message>
    <message>
        <source>{judged}, by the regions you have accepted there.</source>
        <translation>{judged}, nach den dort angenommenen Regionen.</translation>
    </message>
    <message>
        <source>“{name}” and the bundled model</source>
        <translation>„{name}“ und das mitgelieferte Modell</translation>
    </message>
</context>
<context>
    <name>Concept browser</name>
    <message numerus="yes">
        <source>%Ln cluster(s)</source>
        <translation>
            <numerusform>%Ln Cluster</numerusform>
            <numerusform>%Ln Cluster</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln doubtful name(s)</source>
        <translation>
            <numerusform>%Ln zweifelhafter Name</numerusform>
            <numerusform>%Ln zweifelhafte Namen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s)</source>
        <translation>
            <numerusform>%Ln Region</numerusform>
            <numerusform>%Ln Regionen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) in no cluster</source>
        <translation>
            <numerusform>%Ln Region in keinem Cluster</numerusform>
            <numerusform>%Ln Regionen in keinem Cluster</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) selected</source>
        <translation>
            <numerusform>%Ln Region ausgewählt</numerusform>
            <numerusform>%Ln Regionen ausgewählt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) will be grouped by appearance, across all images. Naming a cluster names all of its regions.</source>
        <translation>
            <numerusform>%Ln Region wird nach ihrem Aussehen gruppiert, über alle Bilder hinweg. Der Name eines Clusters gilt für alle seine Regionen.</numerusform>
            <numerusform>%Ln Regionen werden nach ihrem Aussehen gruppiert, über alle Bilder hinweg. Der Name eines Clusters gilt für alle seine Regionen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) without look-alikes</source>
        <translation>
            <numerusform>%Ln Region ohne ähnliche</numerusform>
            <numerusform>%Ln Regionen ohne ähnliche</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln unnamed</source>
        <translation>
            <numerusform>%Ln ohne Namen</numerusform>
            <numerusform>%Ln ohne Namen</numerusform>
        </translation>
    </message>
    <message>
        <source>Analyse images</source>
        <translation>Bilder analysieren</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>Hintergrund</translation>
    </message>
    <message>
        <source>Choose other labels, statuses or images above.</source>
        <translation>Oben andere Labels, Status oder Bilder wählen.</translation>
    </message>
    <message numerus="yes">
        <source>Cluster of %Ln region(s)</source>
        <translation>
            <numerusform>Cluster mit %Ln Region</numerusform>
            <numerusform>Cluster mit %Ln Regionen</numerusform>
        </translation>
    </message>
    <message>
        <source>Clusters</source>
        <translation>Cluster</translation>
    </message>
    <message>
        <source>Comparing all names.</source>
        <translation>Alle Namen werden verglichen.</translation>
    </message>
    <message>
        <source>Concept browser</source>
        <translation>Konzeptübersicht</translation>
    </message>
    <message>
        <source>Doubtful names</source>
        <translation>Zweifelhafte Namen</translation>
    </message>
    <message>
        <source>Fewer, larger clusters or more, smaller ones; names do not change</source>
        <translation>Weniger, größere Cluster oder mehr, kleinere; Namen ändern sich nicht</translation>
    </message>
    <message>
        <source>Filter by foreground or background</source>
        <translation>Nach Vorder- oder Hintergrund filtern</translation>
    </message>
    <message>
        <source>Filter by image</source>
        <translation>Nach Bild filtern</translation>
    </message>
    <message>
        <source>Filter by label</source>
        <translation>Nach Label filtern</translation>
    </message>
    <message>
        <source>Filter by status</source>
        <translation>Nach Status filtern</translation>
    </message>
    <message>
        <source>Finding the foreground</source>
        <translation>Vordergrund wird gesucht</translation>
    </message>
    <message>
        <source>First let the model propose regions. Then you can name look-alikes at once.</source>
        <translation>Zuerst Regionen vorschlagen lassen. Danach lassen sich ähnliche auf einmal benennen.</translation>
    </message>
    <message>
        <source>Foreground</source>
        <translation>Vordergrund</translation>
    </message>
    <message>
        <source>Foreground and background</source>
        <translation>Vorder- und Hintergrund</translation>
    </message>
    <message>
        <source>Foreground not known yet</source>
        <translation>Vordergrund noch nicht bekannt</translation>
    </message>
    <message>
        <source>Foreground: what stands out in an image. Background: the rest</source>
        <translation>Vordergrund: was in einem Bild heraussticht. Hintergrund: der Rest</translation>
    </message>
    <message numerus="yes">
        <source>Group %Ln more region(s)</source>
        <translation>
            <numerusform>%Ln weitere Region gruppieren</numerusform>
            <numerusform>%Ln weitere Regionen gruppieren</numerusform>
        </translation>
    </message>
    <message>
        <source>Group similar regions</source>
        <translation>Ähnliche Regionen gruppieren</translation>
    </message>
    <message>
        <source>Image: any</source>
        <translation>Bild: alle</translation>
    </message>
    <message>
        <source>Label: any</source>
        <translation>Label: alle</translation>
    </message>
    <message>
        <source>Looking for doubtful names</source>
        <translation>Zweifelhafte Namen suchen</translation>
    </message>
    <message>
        <source>Looking for doubtful names…</source>
        <translation>Zweifelhafte Namen werden gesucht…</translation>
    </message>
    <message>
        <source>Most likely mistakes first</source>
        <translation>Wahrscheinlichste Fehler zuerst</translation>
    </message>
    <message>
        <source>Most similar first</source>
        <translation>Ähnlichste zuerst</translation>
    </message>
    <message>
        <source>Name look-alikes at once</source>
        <translation>Ähnliches auf einmal benennen</translation>
    </message>
    <message>
        <source>Names given to many regions at once appear here when they do not fit the other named regions. Names you gave one by one, or chose to keep, are not listed.</source>
        <translation>Hier stehen Namen, die vielen Regionen auf einmal gegeben wurden und nicht zu den übrigen benannten Regionen passen. Einzeln gegebene oder behaltene Namen stehen hier nicht.</translation>
    </message>
    <message>
        <source>No doubtful names</source>
        <translation>Keine zweifelhaften Namen</translation>
    </message>
    <message>
        <source>No regions match the filter</source>
        <translation>Keine Region passt zum Filter</translation>
    </message>
    <message>
        <source>No regions yet</source>
        <translation>Noch keine Regionen</translation>
    </message>
    <message>
        <source>Nothing selected</source>
        <translation>Nichts ausgewählt</translation>
    </message>
    <message>
        <source>Number of clusters</source>
        <translation>Anzahl der Cluster</translation>
    </message>
    <message>
        <source>Propose regions…</source>
        <translation>Regionen vorschlagen…</translation>
    </message>
    <message>
        <source>Reading the regions…</source>
        <translation>Regionen werden gelesen…</translation>
    </message>
    <message>
        <source>Region {number} of {count}: {name}</source>
        <translation>Region {number} von {count}: {name}</translation>
    </message>
    <message numerus="yes">
        <source>Show all %Ln</source>
        <translation>
            <numerusform>Alle %Ln zeigen</numerusform>
            <numerusform>Alle %Ln zeigen</numerusform>
        </translation>
    </message>
    <message>
        <source>Show all regions</source>
        <translation>Alle Regionen zeigen</translation>
    </message>
    <message>
        <source>Show fewer</source>
        <translation>Weniger zeigen</translation>
    </message>
    <message>
        <source>Similar regions</source>
        <translation>Ähnliche Regionen</translation>
    </message>
    <message>
        <source>Status: any</source>
        <translation>Status: alle</translation>
    </message>
    <message>
        <source>The model has to analyse the images once more to find their foreground. Regions and names do not change.</source>
        <translation>Das Modell muss die Bilder noch einmal analysieren, um den Vordergrund zu finden. Regionen und Namen ändern sich nicht.</translation>
    </message>
    <message>
        <source>The model is analysing the images to find their foreground.</source>
        <translation>Das Modell analysiert die Bilder, um den Vordergrund zu finden.</translation>
    </message>
    <message>
        <source>These regions are newer than the clusters</source>
        <translation>Diese Regionen sind neuer als die Cluster</translation>
    </message>
    <message>
        <source>This image</source>
        <translation>Dieses Bild</translation>
    </message>
    <message>
        <source>Thumbnail size</source>
        <translation>Größe der Vorschaubilder</translation>
    </message>
    <message>
        <source>Thumbnail size (Ctrl+wheel)</source>
        <translation>Größe der Vorschaubilder (Strg+Mausrad)</translation>
    </message>
    <message>
        <source>Unnamed</source>
        <translation>Ohne Namen</translation>
    </message>
    <message>
        <source>all named</source>
        <translation>alle benannt</translation>
    </message>
    <message numerus="yes">
        <source>in %Ln image(s)</source>
        <translation>
            <numerusform>in %Ln Bild</numerusform>
            <numerusform>in %Ln Bildern</numerusform>
        </translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>verworfen</translation>
    </message>
    <message>
        <source>unnamed</source>
        <translation>ohne Namen</translation>
    </message>
    <message numerus="yes">
        <source>{clusters} of %Ln region(s)</source>
        <translation>
            <numerusform>{clusters} mit %Ln Region</numerusform>
            <numerusform>{clusters} mit %Ln Regionen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} of %Ln cluster(s) named</source>
        <translation>
            <numerusform>{count} von %Ln Cluster benannt</numerusform>
            <numerusform>{count} von %Ln Clustern benannt</numerusform>
        </translation>
    </message>
    <message>
        <source>{facts}, the first {count} shown</source>
        <translation>{facts}, die ersten {count} sind zu sehen</translation>
    </message>
    <message>
        <source>{name}, or rather {other} ({share})</source>
        <translation>{name} oder eher {other} ({share})</translation>
    </message>
</context>
<context>
    <name>Confidence</name>
    <message>
        <source>Minimum confidence</source>
        <translation>Mindestsicherheit</translation>
    </message>
    <message>
        <source>{share} or more</source>
        <translation>ab {share}</translation>
    </message>
</context>
<context>
    <name>Core</name>
    <message>
        <source>&quot;{0}&quot; is not a colour; write it like #1f77b4</source>
        <translation>„{0}“ ist keine Farbe; zum Beispiel #1f77b4 schreiben</translation>
    </message>
    <message>
        <source>&quot;{0}&quot; is not a format; choose one of {1}</source>
        <translation>„{0}“ ist kein Format; eines von {1} wählen</translation>
    </message>
    <message>
        <source>&quot;{0}&quot; is not a hotkey; choose one of 1 to 9</source>
        <translation>„{0}“ ist keine Zifferntaste; 1 bis 9 wählen</translation>
    </message>
    <message>
        <source>&quot;{0}&quot; is not a split; write names and shares, for example train=.8,val=.1,test=.1</source>
        <translation>„{0}“ ist keine Aufteilung; Namen und Anteile schreiben, etwa train=.8,val=.1,test=.1</translation>
    </message>
    <message>
        <source>&quot;{0}&quot; is still going on: stop it first, then undo</source>
        <translation>„{0}“ läuft noch: erst anhalten, dann rückgängig machen</translation>
    </message>
    <message>
        <source>1 band of {0} bits, {1}</source>
        <translation>1 Band mit {0} Bit, {1}</translation>
    </message>
    <message>
        <source>1 crowd annotation comes in as an ordinary region: {0}</source>
        <translation>1 Gruppen-Annotation (crowd) kommt als gewöhnliche Region herein: {0}</translation>
    </message>
    <message>
        <source>; did you mean {0}:{1}?</source>
        <translation>; war {0}:{1} gemeint?</translation>
    </message>
    <message>
        <source>; the project has no labels yet</source>
        <translation>; das Projekt hat noch keine Labels</translation>
    </message>
    <message>
        <source>A PNG with a palette, or with one channel and at most 64 values, counts as a label map and is left out if another folder has a photo with the same name, or if it is named like a photo plus _mask, _label, _seg or _gt.</source>
        <translation>Ein PNG mit Palette, oder mit einem Kanal und höchstens 64 Werten, gilt als Labelkarte und wird ausgelassen, wenn ein anderer Ordner ein Foto mit demselben Namen enthält oder wenn es wie ein Foto heißt, mit _mask, _label, _seg oder _gt am Ende.</translation>
    </message>
    <message>
        <source>ACSeg labels</source>
        <translation>ACSeg-Labels</translation>
    </message>
    <message>
        <source>ADE20K</source>
        <translation>ADE20K</translation>
    </message>
    <message>
        <source>COCO categories</source>
        <translation>COCO-Kategorien</translation>
    </message>
    <message>
        <source>COCO instances</source>
        <translation>COCO-Instanzen</translation>
    </message>
    <message>
        <source>COCO panoptic</source>
        <translation>COCO panoptic</translation>
    </message>
    <message>
        <source>CVAT for images</source>
        <translation>CVAT für Bilder</translation>
    </message>
    <message>
        <source>CVAT labels</source>
        <translation>CVAT-Labels</translation>
    </message>
    <message>
        <source>Cityscapes</source>
        <translation>Cityscapes</translation>
    </message>
    <message>
        <source>Class maps (GeoTIFF)</source>
        <translation>Klassenkarten (GeoTIFF)</translation>
    </message>
    <message>
        <source>FlatGeobuf</source>
        <translation>FlatGeobuf</translation>
    </message>
    <message>
        <source>Folders that NAS systems, recycle bins and archive programs create for themselves, such as @eaDir, $RECYCLE.BIN and __MACOSX, are normally left out.</source>
        <translation>Ordner, die NAS-Systeme, Papierkörbe und Archivprogramme für sich selbst anlegen, etwa @eaDir, $RECYCLE.BIN und __MACOSX, werden normalerweise ausgelassen.</translation>
    </message>
    <message>
        <source>GDAL cannot read it: {0}; save it anew as GeoTIFF</source>
        <translation>GDAL kann sie nicht lesen: {0}; speichern Sie sie neu als GeoTIFF</translation>
    </message>
    <message>
        <source>GDAL takes it for {0}, which is not read; save it as GeoTIFF</source>
        <translation>GDAL hält es für {0}, was nicht gelesen wird; als GeoTIFF speichern</translation>
    </message>
    <message>
        <source>GeoJSON</source>
        <translation>GeoJSON</translation>
    </message>
    <message>
        <source>GeoPackage</source>
        <translation>GeoPackage</translation>
    </message>
    <message>
        <source>ISAT</source>
        <translation>ISAT</translation>
    </message>
    <message>
        <source>Label Studio</source>
        <translation>Label Studio</translation>
    </message>
    <message>
        <source>Label maps (PNG)</source>
        <translation>Labelkarten (PNG)</translation>
    </message>
    <message>
        <source>Pascal VOC</source>
        <translation>Pascal VOC</translation>
    </message>
    <message>
        <source>Plain text list</source>
        <translation>Textliste</translation>
    </message>
    <message>
        <source>Shapefile</source>
        <translation>Shapefile</translation>
    </message>
    <message>
        <source>TIFF with {0}: {1}</source>
        <translation>TIFF mit {0}: {1}</translation>
    </message>
    <message>
        <source>YCbCr in separate planes is not supported; save it as RGB</source>
        <translation>YCbCr in getrennten Ebenen wird nicht unterstützt; als RGB speichern</translation>
    </message>
    <message>
        <source>YOLO names</source>
        <translation>YOLO-Namen</translation>
    </message>
    <message>
        <source>YOLO segmentation</source>
        <translation>YOLO-Segmentierung</translation>
    </message>
    <message>
        <source>a cluster needs Ray, which is not installed ({0}); install it with: {1}</source>
        <translation>ein Cluster braucht Ray, das nicht installiert ist ({0}); Installation mit: {1}</translation>
    </message>
    <message>
        <source>a cluster of a single region cannot be split</source>
        <translation>ein Cluster aus einer einzigen Region lässt sich nicht teilen</translation>
    </message>
    <message>
        <source>a folder of thumbnails, deleted files or leftovers, not of photos</source>
        <translation>ein Ordner mit Vorschaubildern, gelöschten Dateien oder Resten, nicht mit Fotos</translation>
    </message>
    <message>
        <source>a folder without photos</source>
        <translation>ein Ordner ohne Fotos</translation>
    </message>
    <message>
        <source>a label map, not a photo</source>
        <translation>eine Labelkarte, kein Foto</translation>
    </message>
    <message>
        <source>a label needs a name</source>
        <translation>ein Label braucht einen Namen</translation>
    </message>
    <message>
        <source>a mask of {0} x {1} pixels in {2} x {3}</source>
        <translation>eine Maske von {0} x {1} Pixeln in {2} x {3}</translation>
    </message>
    <message>
        <source>a minus or empty quotes find nothing on their own: add part of a path</source>
        <translation>ein Minus oder leere Anführungszeichen finden für sich allein nichts: einen Teil eines Pfads ergänzen</translation>
    </message>
    <message>
        <source>a model&apos;s name has 1 to {0} characters, not {1}; choose another</source>
        <translation>der Name eines Modells hat 1 bis {0} Zeichen, nicht {1}; einen anderen wählen</translation>
    </message>
    <message>
        <source>a mosaic of other files of the folder, which are taken themselves; give it alone to take it instead</source>
        <translation>ein Mosaik anderer Dateien des Ordners, die selbst verwendet werden; allein angeben, um es stattdessen zu verwenden</translation>
    </message>
    <message>
        <source>a mosaic of what is no file here ({0}); save it as GeoTIFF</source>
        <translation>ein Mosaik aus etwas, das hier keine Datei ist ({0}); als GeoTIFF speichern</translation>
    </message>
    <message>
        <source>a palette together with other bands is not supported; save it as RGB</source>
        <translation>eine Palette neben anderen Bändern wird nicht unterstützt; als RGB speichern</translation>
    </message>
    <message>
        <source>adopting &quot;{0}&quot; was stopped before it was over; adopt it again to finish that, or undo it first</source>
        <translation>die Übernahme von „{0}“ wurde vorzeitig angehalten; es noch einmal übernehmen, um sie abzuschließen, oder sie zuerst rückgängig machen</translation>
    </message>
    <message>
        <source>an image is named like one of its tiles; rename one of the two files</source>
        <translation>ein Bild heißt wie eine seiner Kacheln; eine der beiden Dateien umbenennen</translation>
    </message>
    <message>
        <source>an unusual kind of YCbCr</source>
        <translation>eine ungewöhnliche Art von YCbCr</translation>
    </message>
    <message>
        <source>answers that are no shapes</source>
        <translation>Antworten, die keine Formen sind</translation>
    </message>
    <message>
        <source>areas of a number or colour without a name</source>
        <translation>Flächen mit einer Nummer oder Farbe ohne Namen</translation>
    </message>
    <message>
        <source>attributes of labels are not imported</source>
        <translation>Attribute von Labels werden nicht importiert</translation>
    </message>
    <message>
        <source>bands with different data types are not supported; save all bands with the same one</source>
        <translation>Bänder mit verschiedenen Datentypen werden nicht unterstützt; alle Bänder mit demselben speichern</translation>
    </message>
    <message>
        <source>black and white need two different values; give them as in 0,3000</source>
        <translation>Schwarz und Weiß brauchen zwei verschiedene Werte, etwa 0,3000</translation>
    </message>
    <message>
        <source>camera raw</source>
        <translation>ein Kamera-Rohbild</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>changed on disk</source>
        <translation>auf der Platte geändert</translation>
    </message>
    <message>
        <source>changed since it was added</source>
        <translation>geändert, seit es hinzugefügt wurde</translation>
    </message>
    <message>
        <source>chips cannot be {0} pixels apart; take 1 at least</source>
        <translation>Ausschnitte können nicht {0} Pixel Abstand haben; nehmen Sie mindestens 1</translation>
    </message>
    <message>
        <source>chips of which too little is labelled or has data</source>
        <translation>Ausschnitte, von denen zu wenig beschriftet ist oder Daten hat</translation>
    </message>
    <message>
        <source>chips of {0} pixels are too small; take {1} at least</source>
        <translation>Ausschnitte von {0} Pixeln sind zu klein; nehmen Sie mindestens {1}</translation>
    </message>
    <message>
        <source>chips that reach into another split</source>
        <translation>Ausschnitte, die in eine andere Teilmenge reichen</translation>
    </message>
    <message>
        <source>choose at least two labels to merge</source>
        <translation>mindestens zwei Labels zum Vereinigen wählen</translation>
    </message>
    <message>
        <source>class maps have room for {0} labels, and there are {1}; write GeoJSON</source>
        <translation>Klassenkarten haben Platz für {0} Labels, und es gibt {1}; exportieren Sie als GeoJSON</translation>
    </message>
    <message>
        <source>clusters kept together: {0}</source>
        <translation>Cluster zusammengehalten: {0}</translation>
    </message>
    <message>
        <source>coarse maps of photos that have fine ones</source>
        <translation>grobe Karten von Fotos, zu denen es feine gibt</translation>
    </message>
    <message>
        <source>colour type {0} is not supported; save it as grey or RGB</source>
        <translation>der Farbtyp {0} wird nicht unterstützt; in Grau oder RGB speichern</translation>
    </message>
    <message>
        <source>comments on images that have another one, which stays</source>
        <translation>Kommentare zu Bildern, die schon einen anderen haben; der bleibt</translation>
    </message>
    <message>
        <source>complex numbers are not supported; save their magnitude</source>
        <translation>komplexe Zahlen werden nicht unterstützt; ihren Betrag speichern</translation>
    </message>
    <message>
        <source>compression {0}</source>
        <translation>Kompression {0}</translation>
    </message>
    <message>
        <source>conf needs a number from 0 to 1: write conf&lt;0.6, or conf&lt;60%</source>
        <translation>conf braucht eine Zahl von 0 bis 1: conf&lt;0.6 oder conf&lt;60% schreiben</translation>
    </message>
    <message>
        <source>damaged on its way to the worker; propose it again</source>
        <translation>auf dem Weg zum Worker beschädigt; noch einmal vorschlagen lassen</translation>
    </message>
    <message>
        <source>damaged {0} file</source>
        <translation>beschädigte {0}-Datei</translation>
    </message>
    <message>
        <source>device {0} is not available on this computer; use auto or cpu</source>
        <translation>das Gerät {0} gibt es auf diesem Computer nicht; automatisch oder CPU wählen</translation>
    </message>
    <message>
        <source>did you mean {0}?</source>
        <translation>war {0} gemeint?</translation>
    </message>
    <message>
        <source>edited meanwhile; import again</source>
        <translation>inzwischen bearbeitet; noch einmal importieren</translation>
    </message>
    <message>
        <source>empty file</source>
        <translation>leere Datei</translation>
    </message>
    <message>
        <source>every region of this image is already named or rejected</source>
        <translation>alle Regionen dieses Bildes sind schon benannt oder abgelehnt</translation>
    </message>
    <message>
        <source>every worker that looked at it ended; save it anew</source>
        <translation>jeder Worker, der es ansah, ist abgestürzt; neu speichern</translation>
    </message>
    <message>
        <source>fax compression is for black and white only; save it with deflate compression</source>
        <translation>Fax-Kompression gibt es nur für Schwarz-Weiß; mit Deflate-Kompression speichern</translation>
    </message>
    <message>
        <source>fax group 3</source>
        <translation>Fax Gruppe 3</translation>
    </message>
    <message>
        <source>fax group 4</source>
        <translation>Fax Gruppe 4</translation>
    </message>
    <message>
        <source>files of an image that has one already</source>
        <translation>Dateien zu einem Bild, das schon eine hat</translation>
    </message>
    <message>
        <source>files that are not labelme files</source>
        <translation>Dateien, die nicht von labelme sind</translation>
    </message>
    <message>
        <source>files that are not of ISAT</source>
        <translation>Dateien, die nicht von ISAT sind</translation>
    </message>
    <message>
        <source>folders kept together: {0}</source>
        <translation>Ordner zusammengehalten: {0}</translation>
    </message>
    <message>
        <source>groups that are not one object, as the size of their image is not known</source>
        <translation>Gruppen, die kein einzelnes Objekt werden, weil die Größe ihres Bildes nicht bekannt ist</translation>
    </message>
    <message>
        <source>has no band {0}; choose among its {1} bands</source>
        <translation>hat kein Band {0}; wählen Sie unter den {1} Bändern</translation>
    </message>
    <message>
        <source>has no page {0}</source>
        <translation>hat keine Seite {0}</translation>
    </message>
    <message>
        <source>has no pixels</source>
        <translation>hat keine Pixel</translation>
    </message>
    <message>
        <source>holds no raster of its own; give one of the files it is made of</source>
        <translation>enthält selbst kein Raster; eine der Dateien angeben, aus denen es besteht</translation>
    </message>
    <message>
        <source>image {0} is not among the removed ones</source>
        <translation>Bild {0} ist nicht unter den entfernten</translation>
    </message>
    <message>
        <source>image {0} is not in the project</source>
        <translation>das Bild {0} ist nicht im Projekt</translation>
    </message>
    <message>
        <source>image {0} is not {1} in the project</source>
        <translation>das Bild {0} im Projekt ist nicht {1}</translation>
    </message>
    <message>
        <source>images are not called .jpg, as readers of Pascal VOC expect</source>
        <translation>Bilder enden nicht auf .jpg, wie es Leseprogramme von Pascal VOC erwarten</translation>
    </message>
    <message>
        <source>images cannot be joined while regions are being proposed; wait until that is done, then try again</source>
        <translation>Bilder lassen sich nicht zusammenführen, während Regionen vorgeschlagen werden; warten, bis das fertig ist, und noch einmal versuchen</translation>
    </message>
    <message>
        <source>images of a kind that Ultralytics does not read</source>
        <translation>Bilder in einem Dateiformat, das Ultralytics nicht liest</translation>
    </message>
    <message>
        <source>images of less than 10 pixels a side, which Ultralytics passes by</source>
        <translation>Bilder mit weniger als 10 Pixeln Kantenlänge, die Ultralytics übergeht</translation>
    </message>
    <message>
        <source>images that come twice, of which the first one counts</source>
        <translation>doppelte Bilder, von denen das erste zählt</translation>
    </message>
    <message>
        <source>images whose coordinate system GeoJSON cannot name</source>
        <translation>Bilder, deren Koordinatensystem GeoJSON nicht nennen kann</translation>
    </message>
    <message>
        <source>images whose coordinate system is not known, so that their layer has none</source>
        <translation>Bilder, deren Koordinatensystem nicht bekannt ist, sodass ihre Ebene keines hat</translation>
    </message>
    <message>
        <source>in categories that the file does not list</source>
        <translation>in Kategorien, die die Datei nicht aufführt</translation>
    </message>
    <message>
        <source>in images that the file does not list</source>
        <translation>in Bildern, die die Datei nicht aufführt</translation>
    </message>
    <message>
        <source>inks other than CMYK</source>
        <translation>andere Druckfarben als CMYK</translation>
    </message>
    <message>
        <source>it contains half of a character: type it again</source>
        <translation>es enthält ein halbes Zeichen: noch einmal eingeben</translation>
    </message>
    <message>
        <source>it says no coordinate system, so its coordinates are taken for those of the images</source>
        <translation>Ein Koordinatensystem ist nicht angegeben; die Koordinaten gelten als die der Bilder</translation>
    </message>
    <message>
        <source>its key is &quot;{0}&quot;; write &quot;1&quot; to &quot;9&quot;, or null</source>
        <translation>die Taste ist „{0}“; „1“ bis „9“ oder null schreiben</translation>
    </message>
    <message>
        <source>its kind is &quot;{0}&quot;; write &quot;thing&quot; or &quot;stuff&quot;</source>
        <translation>die Art ist „{0}“; „thing“ oder „stuff“ schreiben</translation>
    </message>
    <message>
        <source>label maps have room for {0} labels, and there are {1}; write COCO</source>
        <translation>Label-Karten haben Platz für {0} Labels, und es gibt {1}; als COCO exportieren</translation>
    </message>
    <message>
        <source>label {0} is no longer in the project</source>
        <translation>das Label {0} ist nicht mehr im Projekt</translation>
    </message>
    <message>
        <source>labelme</source>
        <translation>labelme</translation>
    </message>
    <message>
        <source>labelme label list</source>
        <translation>labelme-Labelliste</translation>
    </message>
    <message>
        <source>labels are from the field {0}</source>
        <translation>Die Labels stehen im Feld {0}</translation>
    </message>
    <message>
        <source>labels that CVAT takes for holes in others</source>
        <translation>Labels, die CVAT für Löcher in anderen hält</translation>
    </message>
    <message>
        <source>labels that are void leave as &quot;{0}&quot;, which is void, too</source>
        <translation>Labels vom Typ „ignorieren“ werden als „{0}“ exportiert, das ebenfalls ignoriert wird</translation>
    </message>
    <message>
        <source>labels whose name is written differently in labelmap.txt, where : and # have a meaning</source>
        <translation>Labels, deren Name in labelmap.txt anders geschrieben ist, weil : und # dort eine Bedeutung haben</translation>
    </message>
    <message>
        <source>labels with more than {0} things in an image, of which the others are one group</source>
        <translation>Labels mit mehr als {0} Objekten in einem Bild; die übrigen bilden eine Gruppe</translation>
    </message>
    <message>
        <source>lines and points, which have no pixels</source>
        <translation>Linien und Punkte, die keine Pixel haben</translation>
    </message>
    <message>
        <source>lossless or multi-layer JPEG is not supported; save it as PNG</source>
        <translation>verlustfreies oder mehrschichtiges JPEG wird nicht unterstützt; als PNG speichern</translation>
    </message>
    <message>
        <source>made for {0} x {1} pixels, but the photo has {2} x {3}</source>
        <translation>für {0} x {1} Pixel gemacht, aber das Foto hat {2} x {3}</translation>
    </message>
    <message>
        <source>maps of nothing but 0 and 255, which is to be ignored; write 1 for the first class</source>
        <translation>Karten, die nur 0 und 255 (ignorieren) enthalten; für die erste Klasse 1 schreiben</translation>
    </message>
    <message>
        <source>maps that {0} lists and that are not there</source>
        <translation>Karten, die in {0} stehen und nicht da sind</translation>
    </message>
    <message>
        <source>masks in images whose size is not known, or too large</source>
        <translation>Masken in Bildern, deren Größe nicht bekannt oder zu groß ist</translation>
    </message>
    <message>
        <source>masks of a kind that is not read</source>
        <translation>Masken, deren Art nicht gelesen wird</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>model {0} is not in the project, or was deleted; add its file again</source>
        <translation>Modell {0} ist nicht im Projekt oder wurde gelöscht; seine Datei wieder hinzufügen</translation>
    </message>
    <message>
        <source>model {0} is not in the project; choose another one</source>
        <translation>Modell {0} ist nicht im Projekt; ein anderes wählen</translation>
    </message>
    <message>
        <source>named more than once, imported once: {0}</source>
        <translation>mehrfach genannt, einmal importiert: {0}</translation>
    </message>
    <message>
        <source>names from a list need open_clip, which is not installed ({0}); install it with: {1}</source>
        <translation>Namen aus einer Liste brauchen open_clip, das nicht installiert ist ({0}); so installieren: {1}</translation>
    </message>
    <message>
        <source>near-duplicates kept together: {0} (same file, or nearly the same pixels)</source>
        <translation>nahezu gleiche Bilder zusammengehalten: {0} (gleiche Datei oder fast gleiche Pixel)</translation>
    </message>
    <message>
        <source>no feature that lies on an image has a label; choose the field with the labels (--field)</source>
        <translation>Kein Objekt auf einem Bild hat ein Label; das Feld mit den Labels wählen (--field)</translation>
    </message>
    <message>
        <source>no field says labels, so each layer is one: {0}</source>
        <translation>Kein Feld nennt Labels, deshalb ist jede Ebene eines: {0}</translation>
    </message>
    <message>
        <source>no image is “{0}”: write is:reviewed or is:commented</source>
        <translation>kein Bild ist „{0}“: is:reviewed oder is:commented schreiben</translation>
    </message>
    <message>
        <source>no model was adopted, or that was undone; adopt one first</source>
        <translation>es wurde kein Modell übernommen, oder das wurde rückgängig gemacht; zuerst eines übernehmen</translation>
    </message>
    <message>
        <source>no near-duplicates and no video sequences were found among the images</source>
        <translation>weder nahezu gleiche Bilder noch Videosequenzen unter den Bildern gefunden</translation>
    </message>
    <message>
        <source>no permission to read it</source>
        <translation>keine Berechtigung zum Lesen</translation>
    </message>
    <message>
        <source>no permission to write there; choose another location or change its permissions</source>
        <translation>keine Berechtigung, dort zu schreiben; einen anderen Ort wählen oder die Berechtigungen ändern</translation>
    </message>
    <message>
        <source>no share of a chip is {0}; take one from 0 to 1</source>
        <translation>kein Anteil eines Ausschnitts ist {0}; nehmen Sie einen von 0 bis 1</translation>
    </message>
    <message>
        <source>no unnamed region of this image matches a named one of the other</source>
        <translation>keine unbenannte Region dieses Bildes passt zu einer benannten des anderen</translation>
    </message>
    <message>
        <source>no worker can be started any more; see Ray&apos;s logs</source>
        <translation>kein Worker lässt sich mehr starten; Näheres in den Protokollen von Ray</translation>
    </message>
    <message>
        <source>none of it lies on an image of the project (the file: {0}; the images: {1}); check the coordinate systems</source>
        <translation>Nichts davon liegt auf einem Bild des Projekts (die Datei: {0}; die Bilder: {1}); die Koordinatensysteme prüfen</translation>
    </message>
    <message>
        <source>none of its features lies on an image of the project (the file: {0}; the images: {1}); check the coordinate systems</source>
        <translation>Keines der Objekte liegt auf einem Bild des Projekts (die Datei: {0}; die Bilder: {1}); die Koordinatensysteme prüfen</translation>
    </message>
    <message>
        <source>not a JPEG, PNG, TIFF, BMP or WebP image</source>
        <translation>kein JPEG-, PNG-, TIFF-, BMP- oder WebP-Bild</translation>
    </message>
    <message>
        <source>not a regular file</source>
        <translation>keine gewöhnliche Datei</translation>
    </message>
    <message>
        <source>not a valid colour, so another one is chosen: {0}</source>
        <translation>keine gültige Farbe, daher eine andere gewählt: {0}</translation>
    </message>
    <message>
        <source>not compressed</source>
        <translation>nicht komprimiert</translation>
    </message>
    <message>
        <source>not enough memory to open it</source>
        <translation>zu wenig Arbeitsspeicher zum Öffnen</translation>
    </message>
    <message>
        <source>nothing says the names of its numbers, so they are called by these: {0}</source>
        <translation>Namen der Zahlen sind nicht angegeben, deshalb heißen die Labels nach den Zahlen: {0}</translation>
    </message>
    <message>
        <source>nothing would be left of a region with {0} pixels</source>
        <translation>von einer Region mit {0} Pixeln bliebe nichts übrig</translation>
    </message>
    <message>
        <source>of a kind that is not read</source>
        <translation>von einer Art, die nicht gelesen wird</translation>
    </message>
    <message>
        <source>of an unsupported kind</source>
        <translation>einer Art, die nicht unterstützt wird</translation>
    </message>
    <message>
        <source>of the background, which cut holes into what is under them</source>
        <translation>des Hintergrunds, die Löcher in das schneiden, was darunter liegt</translation>
    </message>
    <message>
        <source>of the background, which cut no holes as the size of their image is not known</source>
        <translation>des Hintergrunds, die keine Löcher schneiden, weil die Größe ihres Bildes nicht bekannt ist</translation>
    </message>
    <message>
        <source>of the project&apos;s images, without map coordinates</source>
        <translation>der Bilder des Projekts, ohne Kartenkoordinaten</translation>
    </message>
    <message>
        <source>old JPEG</source>
        <translation>altes JPEG</translation>
    </message>
    <message>
        <source>only read as a scene, which needs rasterio; install it with: {0}</source>
        <translation>nur als Szene lesbar, wofür rasterio nötig ist; installieren mit: {0}</translation>
    </message>
    <message>
        <source>only regions of the same image can be merged</source>
        <translation>nur Regionen desselben Bildes lassen sich verbinden</translation>
    </message>
    <message>
        <source>only the first of {0} pages is used; `acseg init --pages all` makes an image of each</source>
        <translation>nur die erste von {0} Seiten wird verwendet; `acseg init --pages all` macht aus jeder ein Bild</translation>
    </message>
    <message>
        <source>outside of all images</source>
        <translation>außerhalb aller Bilder</translation>
    </message>
    <message>
        <source>outside the image folder, so never read; copy the photo into the folder and look for new images</source>
        <translation>außerhalb des Bilderordners, wird daher nie gelesen; das Foto in den Ordner kopieren und nach neuen Bildern suchen</translation>
    </message>
    <message>
        <source>part of this path is a file; choose another location</source>
        <translation>ein Teil dieses Pfads ist eine Datei; einen anderen Ort wählen</translation>
    </message>
    <message>
        <source>percentiles {0} and {1} do not fit; give two from 0 to 100, the lower one first</source>
        <translation>die Perzentile {0} und {1} passen nicht; geben Sie zwei von 0 bis 100 an, das kleinere zuerst</translation>
    </message>
    <message>
        <source>photos rotated by EXIF, with labels for the picture as stored; for a trainer that follows EXIF, such as Ultralytics, export rotated photos as displayed</source>
        <translation>per EXIF gedrehte Fotos mit Labels für das Bild, wie es gespeichert ist; für ein Trainingsprogramm, das EXIF beachtet, etwa Ultralytics, „Gedrehte Fotos“ auf „Wie angezeigt“ stellen</translation>
    </message>
    <message>
        <source>photos rotated by EXIF, with labels for the upright picture; for a trainer that ignores EXIF, export rotated photos as stored in the file</source>
        <translation>per EXIF gedrehte Fotos mit Labels für das aufrechte Bild; für ein Trainingsprogramm, das EXIF nicht beachtet, „Gedrehte Fotos“ auf „Wie in der Datei gespeichert“ stellen</translation>
    </message>
    <message>
        <source>polygons over the 180th meridian, which are not cut there</source>
        <translation>Polygone über dem 180. Längengrad, die dort nicht geteilt sind</translation>
    </message>
    <message>
        <source>predictor {0} is not supported for this data type; save it without a predictor</source>
        <translation>Prädiktor {0} wird für diesen Datentyp nicht unterstützt; ohne Prädiktor speichern</translation>
    </message>
    <message>
        <source>region {0} is in another image</source>
        <translation>die Region {0} ist in einem anderen Bild</translation>
    </message>
    <message>
        <source>region {0} is no longer in the project</source>
        <translation>die Region {0} ist nicht mehr im Projekt</translation>
    </message>
    <message>
        <source>run {0} has ended; start another one</source>
        <translation>der Lauf {0} ist beendet; einen neuen beginnen</translation>
    </message>
    <message>
        <source>scenes need rasterio, which is not installed ({0}); install it with: {1}</source>
        <translation>Szenen brauchen rasterio, das nicht installiert ist ({0}); installieren Sie es mit: {1}</translation>
    </message>
    <message>
        <source>segments of a PNG file that the JSON file does not list</source>
        <translation>Segmente einer PNG-Datei, die in der JSON-Datei nicht stehen</translation>
    </message>
    <message>
        <source>segments of the number 0, which is void</source>
        <translation>Segmente mit der Nummer 0 (ignorieren)</translation>
    </message>
    <message>
        <source>segments without a pixel</source>
        <translation>Segmente ohne ein einziges Pixel</translation>
    </message>
    <message>
        <source>select at least one image</source>
        <translation>mindestens ein Bild auswählen</translation>
    </message>
    <message>
        <source>select at least one region</source>
        <translation>mindestens eine Region auswählen</translation>
    </message>
    <message>
        <source>select at least two clusters to merge</source>
        <translation>mindestens zwei Cluster zum Verbinden auswählen</translation>
    </message>
    <message>
        <source>select at least two regions to merge</source>
        <translation>mindestens zwei Regionen zum Verbinden auswählen</translation>
    </message>
    <message>
        <source>shapes of the class and the box of another, of which Ultralytics takes one</source>
        <translation>Formen mit gleicher Klasse und gleichem Rahmen wie eine andere; Ultralytics nimmt nur eine davon</translation>
    </message>
    <message>
        <source>shapes on maps need {0}, which is not installed ({1}); install it with: {2}</source>
        <translation>Formen auf Karten brauchen {0}, das nicht installiert ist ({1}); installieren Sie es mit: {2}</translation>
    </message>
    <message>
        <source>shapes without a label</source>
        <translation>Formen ohne Label</translation>
    </message>
    <message>
        <source>smaller than it was when it was added</source>
        <translation>kleiner als beim Hinzufügen</translation>
    </message>
    <message>
        <source>split is missing, and means the same images as another until there is one</source>
        <translation>Teil fehlt und steht bis dahin für dieselben Bilder wie ein anderer</translation>
    </message>
    <message>
        <source>stopped; what was finished is kept</source>
        <translation>abgebrochen; Fertiges bleibt erhalten</translation>
    </message>
    <message>
        <source>strips or tiles of this size are not supported with this compression; save it with smaller ones</source>
        <translation>Streifen oder Kacheln dieser Größe werden mit dieser Kompression nicht unterstützt; mit kleineren speichern</translation>
    </message>
    <message>
        <source>tasks of an image that came before</source>
        <translation>Aufgaben zu einem Bild, das schon vorkam</translation>
    </message>
    <message>
        <source>tasks with several annotations, of which one counts</source>
        <translation>Aufgaben mit mehreren Annotationen, von denen eine zählt</translation>
    </message>
    <message>
        <source>tasks with {0}, which are not taken</source>
        <translation>Aufgaben mit {0}, die nicht übernommen werden</translation>
    </message>
    <message>
        <source>tasks without the name of one image</source>
        <translation>Aufgaben ohne den Namen eines Bildes</translation>
    </message>
    <message>
        <source>that are no class rasters</source>
        <translation>keine Klassenraster</translation>
    </message>
    <message>
        <source>that are only boxes, taken as rectangles</source>
        <translation>nur als Kästen, als Rechtecke übernommen</translation>
    </message>
    <message>
        <source>that are points or lines, which cover nothing</source>
        <translation>Punkte oder Linien, die nichts bedecken</translation>
    </message>
    <message>
        <source>that cover the centre of no pixel</source>
        <translation>die keine Pixelmitte bedecken</translation>
    </message>
    <message>
        <source>the backup {0} can be restored</source>
        <translation>die Sicherung {0} lässt sich wiederherstellen</translation>
    </message>
    <message>
        <source>the bundled model came with the program: it keeps its name and cannot be deleted</source>
        <translation>das mitgelieferte Modell gehört zum Programm: es behält seinen Namen und lässt sich nicht löschen</translation>
    </message>
    <message>
        <source>the disk is full; free some space and try again</source>
        <translation>der Datenträger ist voll; Platz schaffen und noch einmal versuchen</translation>
    </message>
    <message>
        <source>the file changed while it was being read; try again</source>
        <translation>die Datei hat sich beim Lesen geändert; noch einmal versuchen</translation>
    </message>
    <message>
        <source>the file&apos;s name is not valid Unicode; rename it</source>
        <translation>der Dateiname ist kein gültiges Unicode; die Datei umbenennen</translation>
    </message>
    <message>
        <source>the folder does not exist; create it or choose another location</source>
        <translation>den Ordner gibt es nicht; ihn anlegen oder einen anderen Ort wählen</translation>
    </message>
    <message>
        <source>the image was edited meanwhile; suggest names for it again</source>
        <translation>das Bild wurde inzwischen bearbeitet; noch einmal Namen dafür vorschlagen lassen</translation>
    </message>
    <message>
        <source>the images are in {0}, too few for {1} parts; choose fewer parts, or share by count</source>
        <translation>die Bilder liegen in {0}, zu wenigen für {1} Teile; weniger Teile wählen oder nach Anzahl aufteilen</translation>
    </message>
    <message>
        <source>the label name {0} contains characters that cannot be shown; remove them</source>
        <translation>der Labelname {0} enthält Zeichen, die sich nicht anzeigen lassen; sie entfernen</translation>
    </message>
    <message>
        <source>the line does not divide the region; draw it all the way across, from outline to outline</source>
        <translation>die Linie teilt die Region nicht; ganz hindurch ziehen, von Umriss zu Umriss</translation>
    </message>
    <message>
        <source>the list has {0} names, but at most {1} can be compared; shorten it</source>
        <translation>die Liste hat {0} Namen, aber höchstens {1} lassen sich vergleichen; die Liste kürzen</translation>
    </message>
    <message>
        <source>the list is empty; write class names separated by commas, such as: car, road, sky</source>
        <translation>die Liste ist leer; Klassennamen durch Kommas getrennt schreiben, etwa: Auto, Straße, Himmel</translation>
    </message>
    <message>
        <source>the meaning of its values is not declared; save it as grey or RGB</source>
        <translation>die Bedeutung der Werte ist nicht angegeben; in Grau oder RGB speichern</translation>
    </message>
    <message>
        <source>the name is too long; choose a shorter one</source>
        <translation>der Name ist zu lang; einen kürzeren wählen</translation>
    </message>
    <message>
        <source>the other image has no named regions to copy from</source>
        <translation>das andere Bild hat keine benannten Regionen, von denen sich etwas übernehmen ließe</translation>
    </message>
    <message>
        <source>the parts of skeletons are not imported</source>
        <translation>die Teile von Skeletten werden nicht importiert</translation>
    </message>
    <message>
        <source>the program that reads from this pipe has ended; start both again</source>
        <translation>das Programm, das aus dieser Pipe liest, ist beendet; beide noch einmal starten</translation>
    </message>
    <message>
        <source>the project has no clusters yet; group regions first, or share by count or by folder</source>
        <translation>das Projekt hat noch keine Cluster; zuerst Regionen gruppieren oder nach Anzahl oder Ordnern aufteilen</translation>
    </message>
    <message>
        <source>the project proposes with &quot;{0}&quot;; adopt another model first, the bundled one if there is no other</source>
        <translation>das Projekt schlägt mit „{0}“ vor; zuerst ein anderes Modell übernehmen, notfalls das mitgelieferte</translation>
    </message>
    <message>
        <source>the projection in this model is for tokens of size {0}, not {1}; choose another model</source>
        <translation>die Projektion in diesem Modell ist für Tokens der Länge {0}, nicht {1}; ein anderes Modell wählen</translation>
    </message>
    <message>
        <source>the regions of this cluster all look the same: it cannot be split</source>
        <translation>die Regionen dieses Clusters sehen alle gleich aus: Er lässt sich nicht teilen</translation>
    </message>
    <message>
        <source>the scene is smaller now and has no such tile; remove it from the project</source>
        <translation>die Szene ist jetzt kleiner und hat diese Kachel nicht mehr; aus dem Projekt entfernen</translation>
    </message>
    <message>
        <source>the shares of &quot;{0}&quot; add up to {1}; they must add up to 1</source>
        <translation>die Anteile von „{0}“ ergeben zusammen {1}; es muss 1 sein</translation>
    </message>
    <message>
        <source>the supercategory {0} contains characters that cannot be shown; remove them</source>
        <translation>die Oberkategorie {0} enthält Zeichen, die sich nicht anzeigen lassen; sie entfernen</translation>
    </message>
    <message>
        <source>there are no holes to fill</source>
        <translation>es gibt keine Löcher zu füllen</translation>
    </message>
    <message>
        <source>there are {0};</source>
        <translation>es gibt {0};</translation>
    </message>
    <message>
        <source>there is a model called &quot;{0}&quot; already; choose another name</source>
        <translation>es gibt schon ein Modell namens „{0}“; einen anderen Namen wählen</translation>
    </message>
    <message>
        <source>there is already a label &quot;{0}&quot;; choose another name</source>
        <translation>es gibt schon ein Label „{0}“; einen anderen Namen wählen</translation>
    </message>
    <message>
        <source>there is already a label &quot;{0}&quot;; merge the two, or choose another name</source>
        <translation>es gibt schon ein Label „{0}“; die beiden vereinigen oder einen anderen Namen wählen</translation>
    </message>
    <message>
        <source>there is no band {0}; choose one from 1 to {1}</source>
        <translation>es gibt kein Band {0}; wählen Sie eines von 1 bis {1}</translation>
    </message>
    <message>
        <source>there is no cluster {0}, or it no longer has regions; group the regions again</source>
        <translation>Cluster {0} gibt es nicht, oder er hat keine Regionen mehr; die Regionen neu gruppieren</translation>
    </message>
    <message>
        <source>there is no label “{0}”{1}</source>
        <translation>es gibt kein Label „{0}“{1}</translation>
    </message>
    <message>
        <source>there is no near infrared among {0} bands; choose the bands by their numbers</source>
        <translation>unter {0} Bändern ist kein nahes Infrarot; wählen Sie die Bänder nach Nummern</translation>
    </message>
    <message>
        <source>there is no other region in this image that could take the pixels</source>
        <translation>in diesem Bild gibt es keine andere Region, die die Pixel bekommen könnte</translation>
    </message>
    <message>
        <source>there is no preset {0}; choose {1}, {2} or {3}:1</source>
        <translation>es gibt keine Voreinstellung {0}; wählen Sie {1}, {2} oder {3}:1</translation>
    </message>
    <message>
        <source>there is no readable backup</source>
        <translation>es gibt keine lesbare Sicherung</translation>
    </message>
    <message>
        <source>there is no search key “{0}”: {1} Put a path that contains {2} in quotes</source>
        <translation>den Suchschlüssel „{0}“ gibt es nicht: {1} Einen Pfad, der {2} enthält, in Anführungszeichen setzen</translation>
    </message>
    <message>
        <source>there is no {0} “{1}”: write {2} or {3}</source>
        <translation>{0} „{1}“ gibt es nicht: {2} oder {3} schreiben</translation>
    </message>
    <message>
        <source>there is nothing to cut out here; click on the object itself</source>
        <translation>hier gibt es nichts herauszuschneiden; auf das Objekt selbst klicken</translation>
    </message>
    <message>
        <source>there is nothing to merge this region with: the other region is gone, has another name or is rejected</source>
        <translation>diese Region lässt sich mit nichts verbinden: Die andere Region fehlt, heißt anders oder ist abgelehnt</translation>
    </message>
    <message>
        <source>there is nothing to see: every pixel is transparent or marked as no data</source>
        <translation>nichts zu sehen: Jedes Pixel ist durchsichtig oder als „ohne Daten“ markiert</translation>
    </message>
    <message>
        <source>these regions are in different images; select regions in one image</source>
        <translation>diese Regionen liegen in verschiedenen Bildern; Regionen eines einzigen Bildes auswählen</translation>
    </message>
    <message>
        <source>this compression is not supported for such colours; save it as RGB</source>
        <translation>diese Kompression wird für solche Farben nicht unterstützt; als RGB speichern</translation>
    </message>
    <message>
        <source>this compression is not supported; save it with deflate compression, or with none</source>
        <translation>diese Kompression wird nicht unterstützt; mit Deflate-Kompression oder ohne speichern</translation>
    </message>
    <message>
        <source>this compression is not supported; save it with deflate compression, or with none, or let GDAL read it: {0}</source>
        <translation>diese Kompression wird nicht unterstützt; speichern Sie sie mit Deflate-Kompression oder ohne, oder lassen Sie GDAL lesen: {0}</translation>
    </message>
    <message>
        <source>this compression is supported for 1, 3 and 4 bands only; save it with deflate compression</source>
        <translation>diese Kompression wird nur für 1, 3 und 4 Bänder unterstützt; speichern Sie sie mit Deflate-Kompression</translation>
    </message>
    <message>
        <source>this compression is supported for 8 bits only; save it with deflate compression</source>
        <translation>diese Kompression wird nur für 8 Bit unterstützt; mit Deflate-Kompression speichern</translation>
    </message>
    <message>
        <source>this compression is supported for RGB only; save it with deflate compression</source>
        <translation>diese Kompression wird nur für RGB unterstützt; mit Deflate-Kompression speichern</translation>
    </message>
    <message>
        <source>this data type is not supported; save it with 8 or 16 bits</source>
        <translation>dieser Datentyp wird nicht unterstützt; mit 8 oder 16 Bit speichern</translation>
    </message>
    <message>
        <source>this file system is read-only; choose another location</source>
        <translation>dieses Dateisystem ist schreibgeschützt; einen anderen Ort wählen</translation>
    </message>
    <message>
        <source>this image has no concept tree; propose its regions again</source>
        <translation>dieses Bild hat keinen Konzeptbaum; seine Regionen neu vorschlagen lassen</translation>
    </message>
    <message>
        <source>this interlaced 16-bit PNG is too large; save it without interlacing</source>
        <translation>dieses PNG mit 16 Bit und Interlacing ist zu groß; ohne Interlacing speichern</translation>
    </message>
    <message>
        <source>this is a folder</source>
        <translation>das ist ein Ordner</translation>
    </message>
    <message>
        <source>this is a folder; give the name of a file</source>
        <translation>das ist ein Ordner; den Namen einer Datei angeben</translation>
    </message>
    <message>
        <source>this link leads back to itself; choose another location</source>
        <translation>diese Verknüpfung führt auf sich selbst zurück; einen anderen Ort wählen</translation>
    </message>
    <message>
        <source>this many small strips or tiles are not supported; save it with larger ones</source>
        <translation>so viele kleine Streifen oder Kacheln werden nicht unterstützt; mit größeren speichern</translation>
    </message>
    <message>
        <source>this region cannot be split automatically any further; cut it with a tool</source>
        <translation>diese Region lässt sich nicht weiter automatisch teilen; mit einem Werkzeug zerschneiden</translation>
    </message>
    <message>
        <source>this region has only one part</source>
        <translation>diese Region hat nur einen Teil</translation>
    </message>
    <message>
        <source>this region has {0} parts, which are too many; smooth its outline first</source>
        <translation>diese Region hat {0} Teile, das sind zu viele; erst den Umriss glätten</translation>
    </message>
    <message>
        <source>this would not divide the region: one part would have no pixels</source>
        <translation>das würde die Region nicht teilen: Ein Teil hätte keine Pixel</translation>
    </message>
    <message>
        <source>tiles of scenes kept together: {0} blocks of up to {1} x {2} tiles</source>
        <translation>Kacheln von Szenen zusammengehalten: {0} Blöcke von bis zu {1} x {2} Kacheln</translation>
    </message>
    <message>
        <source>tiles of scenes whose pictures are nowhere yet; export with copies of the image files</source>
        <translation>Kacheln von Szenen, deren Bilder es noch nirgends gibt; exportieren Sie mit Kopien der Bilddateien</translation>
    </message>
    <message>
        <source>too few bands for this colour type; save it as grey or RGB</source>
        <translation>zu wenige Bänder für diesen Farbtyp; in Grau oder RGB speichern</translation>
    </message>
    <message>
        <source>too large: {0} GB, at most {1} GB</source>
        <translation>zu groß: {0} GB, höchstens {1} GB</translation>
    </message>
    <message>
        <source>too large: {0} x {1} pixels, at most {2} megapixels</source>
        <translation>zu groß: {0} × {1} Pixel, höchstens {2} Megapixel</translation>
    </message>
    <message>
        <source>tracks of videos, which are not read</source>
        <translation>Spuren von Videos, die nicht gelesen werden</translation>
    </message>
    <message>
        <source>truncated {0} file</source>
        <translation>abgeschnittene {0}-Datei</translation>
    </message>
    <message>
        <source>turned shapes in images whose size is not known</source>
        <translation>gedrehte Formen in Bildern, deren Größe nicht bekannt ist</translation>
    </message>
    <message>
        <source>unsupported image format; convert it to PNG, JPEG or TIFF</source>
        <translation>nicht unterstütztes Bildformat; in PNG, JPEG oder TIFF umwandeln</translation>
    </message>
    <message>
        <source>unsupported kind of {0} file; convert it to PNG</source>
        <translation>nicht unterstützte Art von {0}-Datei; in PNG umwandeln</translation>
    </message>
    <message>
        <source>video sequences kept together: {0}, with {1} frames (by name and likeness)</source>
        <translation>Videosequenzen zusammengehalten: {0} mit {1} Einzelbildern (nach Namen und Ähnlichkeit)</translation>
    </message>
    <message>
        <source>with a box but no outline</source>
        <translation>mit Rahmen, aber ohne Umriss</translation>
    </message>
    <message>
        <source>with polygons of fewer than three points</source>
        <translation>mit Polygonen aus weniger als drei Punkten</translation>
    </message>
    <message>
        <source>with polygons of less than three points</source>
        <translation>mit Polygonen aus weniger als drei Punkten</translation>
    </message>
    <message>
        <source>with several labels, of which the first one counts</source>
        <translation>mit mehreren Labels, von denen das erste zählt</translation>
    </message>
    <message>
        <source>without a geometry</source>
        <translation>ohne Geometrie</translation>
    </message>
    <message>
        <source>without a label</source>
        <translation>ohne Label</translation>
    </message>
    <message>
        <source>your disk quota is used up; free some space and try again</source>
        <translation>das Speicherkontingent ist aufgebraucht; Platz schaffen und noch einmal versuchen</translation>
    </message>
    <message>
        <source>{0} ({1}); start one with `ray start --head`, and give its address</source>
        <translation>{0} ({1}); einen mit `ray start --head` starten und seine Adresse angeben</translation>
    </message>
    <message>
        <source>{0} are no bands; give rgb, nir, one number such as 4, or three such as 4,3,2</source>
        <translation>{0} sind keine Bänder; geben Sie rgb, nir, eine Nummer wie 4 oder drei wie 4,3,2 an</translation>
    </message>
    <message>
        <source>{0} bands of {1} bits, {2}</source>
        <translation>{0} Bänder mit {1} Bit, {2}</translation>
    </message>
    <message>
        <source>{0} belongs to another program; choose another folder</source>
        <translation>{0} gehört zu einem anderen Programm; einen anderen Ordner wählen</translation>
    </message>
    <message>
        <source>{0} cannot be written; change its permissions or copy the project</source>
        <translation>{0} lässt sich nicht schreiben; die Berechtigungen ändern oder das Projekt kopieren</translation>
    </message>
    <message>
        <source>{0} crowd annotations come in as ordinary regions: {1}</source>
        <translation>{0} Gruppen-Annotationen (crowd) kommen als gewöhnliche Regionen herein: {1}</translation>
    </message>
    <message>
        <source>{0} has a character that XML cannot hold; rename it, or choose another format</source>
        <translation>{0} enthält ein Zeichen, das in XML nicht vorkommen darf; umbenennen oder ein anderes Format wählen</translation>
    </message>
    <message>
        <source>{0} has a layer that is not a number; fix it in ISAT</source>
        <translation>{0} hat eine Ebene, die keine Zahl ist; in ISAT berichtigen</translation>
    </message>
    <message>
        <source>{0} has a point that is not a position in an image; fix it in ISAT</source>
        <translation>{0} hat einen Punkt, der in keinem Bild liegen kann; in ISAT berichtigen</translation>
    </message>
    <message>
        <source>{0} has an opening quote but no closing one: add a &quot;</source>
        <translation>{0} hat ein öffnendes, aber kein schließendes Anführungszeichen: ein &quot; ergänzen</translation>
    </message>
    <message>
        <source>{0} has been worked on already; nothing was moved</source>
        <translation>{0} wurde schon bearbeitet; nichts wurde verschoben</translation>
    </message>
    <message>
        <source>{0} has no category; fix it in ISAT</source>
        <translation>{0} hat keine Kategorie; in ISAT berichtigen</translation>
    </message>
    <message>
        <source>{0} has room for {1} labels, and there are {2} beside its own; choose another format</source>
        <translation>{0} hat Platz für {1} Labels, und es gibt {2} neben den eigenen; ein anderes Format wählen</translation>
    </message>
    <message>
        <source>{0} has room for {1} labels, and there are {2}; choose another format</source>
        <translation>{0} hat Platz für {1} Labels, es gibt aber {2}; ein anderes Format wählen</translation>
    </message>
    <message>
        <source>{0} holds the backups of a project whose {1} is missing; restore the last one, or choose another folder</source>
        <translation>{0} enthält die Sicherungen eines Projekts, dessen {1} fehlt; die letzte wiederherstellen oder einen anderen Ordner wählen</translation>
    </message>
    <message>
        <source>{0} is a file; give a folder for the project</source>
        <translation>{0} ist eine Datei; einen Ordner für das Projekt angeben</translation>
    </message>
    <message>
        <source>{0} is a file; give the project folder</source>
        <translation>{0} ist eine Datei; den Projektordner angeben</translation>
    </message>
    <message>
        <source>{0} is a name, not a number: write {1}:{2}</source>
        <translation>{0} ist ein Name, keine Zahl: {1}:{2} schreiben</translation>
    </message>
    <message>
        <source>{0} is already a project; open it, or choose another folder</source>
        <translation>{0} ist schon ein Projekt; es öffnen oder einen anderen Ordner wählen</translation>
    </message>
    <message>
        <source>{0} is damaged, and {1} contains no readable backup</source>
        <translation>{0} ist beschädigt, und {1} enthält keine lesbare Sicherung</translation>
    </message>
    <message>
        <source>{0} is not a project, as it contains no {1}; create the project first</source>
        <translation>{0} ist kein Projekt, denn {1} fehlt darin; das Projekt zuerst anlegen</translation>
    </message>
    <message>
        <source>{0} is not done: accept its names first, then mark it as reviewed</source>
        <translation>{0} ist nicht fertig: erst die Namen übernehmen, dann als geprüft markieren</translation>
    </message>
    <message>
        <source>{0} is not in the project</source>
        <translation>{0} gehört nicht zum Projekt</translation>
    </message>
    <message>
        <source>{0} is not supported; convert it to an RGB TIFF</source>
        <translation>{0} wird nicht unterstützt; in ein RGB-TIFF umwandeln</translation>
    </message>
    <message>
        <source>{0} is not the same picture as {1}; choose another file</source>
        <translation>{0} ist nicht dasselbe Bild wie {1}; eine andere Datei wählen</translation>
    </message>
    <message>
        <source>{0} is not written as chips; choose COCO, YOLO or label maps</source>
        <translation>{0} wird nicht in Ausschnitten geschrieben; wählen Sie COCO, YOLO oder Labelkarten</translation>
    </message>
    <message>
        <source>{0} is read, but not written; choose another format</source>
        <translation>{0} lässt sich lesen, aber nicht schreiben; ein anderes Format wählen</translation>
    </message>
    <message>
        <source>{0} needs a whole number: write {1}&gt;10</source>
        <translation>{0} braucht eine ganze Zahl: {1}&gt;10 schreiben</translation>
    </message>
    <message>
        <source>{0} parts cannot be made of {1} image files; choose fewer parts</source>
        <translation>{0} Teile lassen sich nicht aus {1} Bilddateien machen; weniger Teile wählen</translation>
    </message>
    <message>
        <source>{0}, result {1} {2}; export it again</source>
        <translation>{0}, Ergebnis {1} {2}; neu exportieren</translation>
    </message>
    <message>
        <source>{0}-bit JPEG is not supported; save it as PNG or TIFF</source>
        <translation>JPEG mit {0} Bit wird nicht unterstützt; als PNG oder TIFF speichern</translation>
    </message>
    <message>
        <source>{0}: &quot;labels&quot; is not a list; export the list again</source>
        <translation>{0}: „labels“ ist keine Liste; die Liste neu exportieren</translation>
    </message>
    <message>
        <source>{0}: &quot;void&quot; is not the number of a class; write it like &quot;void&quot;: 255</source>
        <translation>{0}: „void“ ist keine Nummer einer Klasse; so schreiben: &quot;void&quot;: 255</translation>
    </message>
    <message>
        <source>{0}: GDAL cannot read it: {1}; export it again</source>
        <translation>{0}: GDAL kann das nicht lesen: {1}; neu exportieren</translation>
    </message>
    <message>
        <source>{0}: GDAL cannot write it: {1}</source>
        <translation>{0}: GDAL kann das nicht schreiben: {1}</translation>
    </message>
    <message>
        <source>{0}: GDAL cannot write it: {1}; look whether the disk is full</source>
        <translation>{0}: GDAL kann das nicht schreiben: {1}; sehen Sie nach, ob die Platte voll ist</translation>
    </message>
    <message>
        <source>{0}: a class raster has one band, and this has {1}; choose another</source>
        <translation>{0}: Ein Klassenraster hat ein Band, hier sind es {1}; eine andere Datei wählen</translation>
    </message>
    <message>
        <source>{0}: a file is in the way; choose another folder</source>
        <translation>{0}: Eine Datei ist im Weg; einen anderen Ordner wählen</translation>
    </message>
    <message>
        <source>{0}: a part of it has no longitude and latitude; export its own coordinates</source>
        <translation>{0}: ein Teil davon hat keine Länge und Breite; exportieren Sie die eigenen Koordinaten</translation>
    </message>
    <message>
        <source>{0}: a part of that path is a file; choose another place</source>
        <translation>{0}: Ein Teil dieses Pfads ist eine Datei; einen anderen Ort wählen</translation>
    </message>
    <message>
        <source>{0}: a point has only one coordinate; export the labels again</source>
        <translation>{0}: Ein Punkt hat nur eine Koordinate; die Labels neu exportieren</translation>
    </message>
    <message>
        <source>{0}: a raster has no fields and layers; leave out --field and --layer</source>
        <translation>{0}: Ein Raster hat keine Felder und Ebenen; --field und --layer weglassen</translation>
    </message>
    <message>
        <source>{0}: another program is using the database; close it and try again</source>
        <translation>{0}: Ein anderes Programm benutzt die Datenbank; es schließen und noch einmal versuchen</translation>
    </message>
    <message>
        <source>{0}: brackets are nested {1} deep and more, so this is not a label file; choose another file</source>
        <translation>{0}: Klammern sind {1} Ebenen tief oder tiefer verschachtelt, das ist also keine Labeldatei; eine andere Datei wählen</translation>
    </message>
    <message>
        <source>{0}: cannot be copied to {1}: {2}</source>
        <translation>{0}: lässt sich nicht nach {1} kopieren: {2}</translation>
    </message>
    <message>
        <source>{0}: class {1} has no name; add it to data.yaml</source>
        <translation>{0}: Klasse {1} hat keinen Namen; in data.yaml ergänzen</translation>
    </message>
    <message>
        <source>{0}: class {1} has no number and name; export it again</source>
        <translation>{0}: Klasse {1} hat keine Nummer und keinen Namen; neu exportieren</translation>
    </message>
    <message>
        <source>{0}: class {1} has the number {2}, which is used twice; export it again</source>
        <translation>{0}: Klasse {1} hat die Nummer {2}, die doppelt vorkommt; neu exportieren</translation>
    </message>
    <message>
        <source>{0}: coordinates must be from 0 to 1, as shares of the image size; export the labels again</source>
        <translation>{0}: Koordinaten müssen als Anteile der Bildgröße zwischen 0 und 1 liegen; die Labels neu exportieren</translation>
    </message>
    <message>
        <source>{0}: it cannot be written; change its permissions or copy the project</source>
        <translation>{0}: lässt sich nicht schreiben; die Berechtigungen ändern oder das Projekt kopieren</translation>
    </message>
    <message>
        <source>{0}: it changed while it was read; try again</source>
        <translation>{0}: Die Datei änderte sich, während sie gelesen wurde; noch einmal versuchen</translation>
    </message>
    <message>
        <source>{0}: it contains a number with thousands of digits; export the list again</source>
        <translation>{0}: Eine Zahl darin hat Tausende Stellen; die Liste neu exportieren</translation>
    </message>
    <message>
        <source>{0}: it did not come out sound; check the disk and try again</source>
        <translation>{0}: Das Ergebnis ist beschädigt; den Datenträger prüfen und noch einmal versuchen</translation>
    </message>
    <message>
        <source>{0}: it has another size in the part; look for new images there first</source>
        <translation>{0}: Das Bild hat im Teil eine andere Größe; dort zuerst nach neuen Bildern suchen</translation>
    </message>
    <message>
        <source>{0}: it has more than {1} different numbers and no names, so it looks like a picture, not like classes; choose another file, or write the names into classes.json beside it</source>
        <translation>{0}: Es sind mehr als {1} verschiedene Zahlen ohne Namen, also eher ein Bild als Klassen; eine andere Datei wählen oder die Namen in classes.json daneben schreiben</translation>
    </message>
    <message>
        <source>{0}: it has no fields and layers; leave out --field and --layer</source>
        <translation>{0}: Felder und Ebenen gibt es darin nicht; --field und --layer weglassen</translation>
    </message>
    <message>
        <source>{0}: it has no label {1}; check the names to be replaced</source>
        <translation>{0}: enthält kein Label {1}; die zu ersetzenden Namen prüfen</translation>
    </message>
    <message>
        <source>{0}: it has no layer with shapes; choose another file</source>
        <translation>{0}: Darin ist keine Ebene mit Formen; eine andere Datei wählen</translation>
    </message>
    <message>
        <source>{0}: it has no map coordinates, so it lies on no image; choose another file</source>
        <translation>{0}: Es gibt keine Kartenkoordinaten, also liegt es auf keinem Bild; eine andere Datei wählen</translation>
    </message>
    <message>
        <source>{0}: it has points or lines only, and labels need polygons; choose another file</source>
        <translation>{0}: Darin sind nur Punkte oder Linien, und Labels brauchen Polygone; eine andere Datei wählen</translation>
    </message>
    <message>
        <source>{0}: it is a part of another project, not of {1}</source>
        <translation>{0}: Das ist ein Teil eines anderen Projekts, nicht von {1}</translation>
    </message>
    <message>
        <source>{0}: it is a project of its own, and no part that was split from one</source>
        <translation>{0}: Das ist ein eigenes Projekt und kein Teil, der von einem abgetrennt wurde</translation>
    </message>
    <message>
        <source>{0}: it is of a photo of {1} x {2} pixels, but {3} has {4} x {5}; get both files again</source>
        <translation>{0}: Die Datei gehört zu einem Foto mit {1} × {2} Pixeln, aber {3} hat {4} × {5}; beide noch einmal herunterladen</translation>
    </message>
    <message>
        <source>{0}: it is the same part as {1}; merge one, then the other</source>
        <translation>{0}: Das ist derselbe Teil wie {1}; erst den einen einbringen, dann den anderen</translation>
    </message>
    <message>
        <source>{0}: it was copied while it was open, and its log belongs to another moment; the log is ignored, so the last edits are missing</source>
        <translation>{0}: Die Datei wurde kopiert, während sie geöffnet war, und ihr Protokoll stammt von einem anderen Zeitpunkt; es bleibt unbeachtet, daher fehlen die letzten Änderungen</translation>
    </message>
    <message>
        <source>{0}: it was copied while it was open, perhaps with a log that belongs to another moment; check the project, or restore the last backup</source>
        <translation>{0}: Die Datei wurde kopiert, während sie geöffnet war, vielleicht mit dem Protokoll eines anderen Zeitpunkts; das Projekt prüfen oder die letzte Sicherung wiederherstellen</translation>
    </message>
    <message>
        <source>{0}: it was copied while it was open, without its log; the last edits may be missing</source>
        <translation>{0}: Die Datei wurde kopiert, während sie geöffnet war, und ohne ihr Protokoll; die letzten Änderungen können fehlen</translation>
    </message>
    <message>
        <source>{0}: it was moved or deleted while the project was open; everything that was open is in {1}</source>
        <translation>{0}: Die Datei wurde verschoben oder gelöscht, während das Projekt geöffnet war; alles, was geöffnet war, ist in {1}</translation>
    </message>
    <message>
        <source>{0}: it was replaced or moved while it was open; open the project again</source>
        <translation>{0}: Die Datei wurde ersetzt oder verschoben, während sie geöffnet war; das Projekt neu öffnen</translation>
    </message>
    <message>
        <source>{0}: it was replaced, moved or deleted while the project was open, and what was open cannot be saved ({1}); leave the program open, free some space and make any edit to try again</source>
        <translation>{0}: Die Datei wurde ersetzt, verschoben oder gelöscht, während das Projekt geöffnet war, und was geöffnet war, lässt sich nicht sichern ({1}); das Programm geöffnet lassen, Platz schaffen und es mit irgendeiner Änderung noch einmal versuchen</translation>
    </message>
    <message>
        <source>{0}: its colour has a number over 255; export it again</source>
        <translation>{0}: In der Farbe ist eine Zahl über 255; neu exportieren</translation>
    </message>
    <message>
        <source>{0}: its colour is not three numbers; export it again</source>
        <translation>{0}: Die Farbe besteht nicht aus drei Zahlen; neu exportieren</translation>
    </message>
    <message>
        <source>{0}: its concept tree in the part is for another size; propose it anew there</source>
        <translation>{0}: Der Konzeptbaum im Teil ist für eine andere Größe; dort neu vorschlagen</translation>
    </message>
    <message>
        <source>{0}: its concept tree in the part is unusable ({1}); propose it anew</source>
        <translation>{0}: Der Konzeptbaum im Teil ist unbrauchbar ({1}); neu vorschlagen</translation>
    </message>
    <message>
        <source>{0}: its coordinate system is not known, so neither is its longitude; export its own coordinates</source>
        <translation>{0}: das Koordinatensystem ist nicht bekannt, also auch nicht die Länge; exportieren Sie die eigenen Koordinaten</translation>
    </message>
    <message>
        <source>{0}: its images are in {1}; if they have moved, run `acseg relocate {2} --images {3}`</source>
        <translation>{0}: seine Bilder liegen in {1}; falls sie verschoben wurden, `acseg relocate {2} --images {3}` ausführen</translation>
    </message>
    <message>
        <source>{0}: its labels lie on a map, and no image of the project has map coordinates; import labels that name their images</source>
        <translation>{0}: Die Labels liegen auf einer Karte, und kein Bild des Projekts hat Kartenkoordinaten; Labels importieren, die ihre Bilder nennen</translation>
    </message>
    <message>
        <source>{0}: its labels were changed while they were exported; export again</source>
        <translation>{0}: die Labels wurden während des Exports geändert; exportieren Sie noch einmal</translation>
    </message>
    <message>
        <source>{0}: its numbers are not whole, so they are no classes; choose another file</source>
        <translation>{0}: Die Zahlen sind nicht ganz, also keine Klassen; eine andere Datei wählen</translation>
    </message>
    <message>
        <source>{0}: its objects are no list; get the file again</source>
        <translation>{0}: Die Objekte sind keine Liste; die Datei noch einmal herunterladen</translation>
    </message>
    <message>
        <source>{0}: its pixels are colours, but numbers of classes are wanted; {1}</source>
        <translation>{0}: Die Pixel sind Farben, gebraucht werden aber Nummern von Klassen; {1}</translation>
    </message>
    <message>
        <source>{0}: its pixels are colours, but only numbers have names; write the colours into labelmap.txt, or export a map of numbers</source>
        <translation>{0}: Die Pixel sind Farben, aber nur Nummern haben Namen; die Farben in labelmap.txt schreiben oder eine Labelkarte mit Nummern exportieren</translation>
    </message>
    <message>
        <source>{0}: its pixels are numbers, but colours are wanted; {1}</source>
        <translation>{0}: Die Pixel sind Nummern, gebraucht werden aber Farben; {1}</translation>
    </message>
    <message>
        <source>{0}: its pixels are {1}, not whole numbers; choose another file</source>
        <translation>{0}: Die Pixel sind {1}, keine ganzen Zahlen; eine andere Datei wählen</translation>
    </message>
    <message>
        <source>{0}: its weights are not on this computer and {1}; on a computer with a network, download {2} of {3} from the Hugging Face hub, then pass it with --weights or save it as {4}</source>
        <translation>{0}: Die Gewichte sind nicht auf diesem Computer, und {1}; auf einem Computer mit Netz {2} aus {3} vom Hugging Face Hub herunterladen und als Gewichte angeben oder als {4} speichern</translation>
    </message>
    <message>
        <source>{0}: its weights are not on this computer and {1}; on a computer with a network, {2}, then pass the file with --text-weights or save it as {3}</source>
        <translation>{0}: Die Gewichte sind nicht auf diesem Computer, und {1}; auf einem Computer mit Netz {2}, dann die Datei als Gewichte des Textmodells angeben oder als {3} speichern</translation>
    </message>
    <message>
        <source>{0}: its {1} is not valid; export the list again</source>
        <translation>{0}: {1} ist ungültig; die Liste neu exportieren</translation>
    </message>
    <message>
        <source>{0}: label &quot;{1}&quot;: {2}</source>
        <translation>{0}: Label „{1}“: {2}</translation>
    </message>
    <message>
        <source>{0}: needs a name: write {1}:{2}</source>
        <translation>{0}: braucht einen Namen: {1}:{2} schreiben</translation>
    </message>
    <message>
        <source>{0}: no backup could be made before updating the project; free some space and try again</source>
        <translation>{0}: Vor der Aktualisierung des Projekts ließ sich keine Sicherung anlegen; Platz schaffen und noch einmal versuchen</translation>
    </message>
    <message>
        <source>{0}: no model of the project, and no file; `acseg models {1}` lists them: {2}</source>
        <translation>{0}: weder ein Modell des Projekts noch eine Datei; `acseg models {1}` zählt sie auf: {2}</translation>
    </message>
    <message>
        <source>{0}: no permission to write there; choose another place or change its permissions</source>
        <translation>{0}: keine Berechtigung, dort zu schreiben; einen anderen Ort wählen oder die Berechtigungen ändern</translation>
    </message>
    <message>
        <source>{0}: no such file or folder; check the path, or connect the drive it is on</source>
        <translation>{0}: Diese Datei oder diesen Ordner gibt es nicht; den Pfad prüfen oder das Laufwerk anschließen</translation>
    </message>
    <message>
        <source>{0}: no such file; check the path, or connect the drive it is on</source>
        <translation>{0}: Diese Datei gibt es nicht; den Pfad prüfen oder das Laufwerk anschließen</translation>
    </message>
    <message>
        <source>{0}: no such file; choose a backup or a kept state of the project</source>
        <translation>{0}: Diese Datei gibt es nicht; eine Sicherung oder einen aufgehobenen Stand des Projekts wählen</translation>
    </message>
    <message>
        <source>{0}: no such file; give the path of the text model&apos;s weights</source>
        <translation>{0}: Diese Datei gibt es nicht; den Pfad der Gewichte des Textmodells angeben</translation>
    </message>
    <message>
        <source>{0}: no such folder; check the path, or connect the drive it is on</source>
        <translation>{0}: Diesen Ordner gibt es nicht; den Pfad prüfen oder das Laufwerk anschließen</translation>
    </message>
    <message>
        <source>{0}: no such folder; choose the folder the images are in now</source>
        <translation>{0}: Diesen Ordner gibt es nicht; den Ordner wählen, in dem die Bilder jetzt liegen</translation>
    </message>
    <message>
        <source>{0}: no such folder; create the project first</source>
        <translation>{0}: Diesen Ordner gibt es nicht; das Projekt zuerst anlegen</translation>
    </message>
    <message>
        <source>{0}: no such folder; give the folder that contains the images now</source>
        <translation>{0}: Diesen Ordner gibt es nicht; den Ordner angeben, in dem die Bilder jetzt liegen</translation>
    </message>
    <message>
        <source>{0}: no such folder; give the folder with the images</source>
        <translation>{0}: Diesen Ordner gibt es nicht; den Ordner mit den Bildern angeben</translation>
    </message>
    <message>
        <source>{0}: no such model file; make one with `acseg train`</source>
        <translation>{0}: Diese Modelldatei gibt es nicht; eine mit `acseg train` erzeugen</translation>
    </message>
    <message>
        <source>{0}: no such weights file; give the path of a safetensors file</source>
        <translation>{0}: Diese Gewichtedatei gibt es nicht; den Pfad einer safetensors-Datei angeben</translation>
    </message>
    <message>
        <source>{0}: nobody reads from that pipe; start its reader first</source>
        <translation>{0}: Aus dieser Pipe liest niemand; zuerst das lesende Programm starten</translation>
    </message>
    <message>
        <source>{0}: none of its images can be read{1}; choose a folder with photos</source>
        <translation>{0}: Kein Bild darin ist lesbar{1}; einen Ordner mit Fotos wählen</translation>
    </message>
    <message>
        <source>{0}: none of its images is in the project: the file names {1}, {2}</source>
        <translation>{0}: Keines der Bilder darin gehört zum Projekt: genannt sind {1}, {2}</translation>
    </message>
    <message>
        <source>{0}: none of the project&apos;s images are there; choose the folder that contains {1}</source>
        <translation>{0}: Keines der Bilder des Projekts ist dort; den Ordner wählen, in dem {1} liegt</translation>
    </message>
    <message>
        <source>{0}: not a model file, or damaged; choose another file</source>
        <translation>{0}: keine Modelldatei, oder beschädigt; eine andere Datei wählen</translation>
    </message>
    <message>
        <source>{0}: not a model made by `acseg train`, or damaged; choose another file</source>
        <translation>{0}: kein von `acseg train` erzeugtes Modell, oder beschädigt; eine andere Datei wählen</translation>
    </message>
    <message>
        <source>{0}: not a model of ACSeg Desktop; choose another file</source>
        <translation>{0}: kein Modell von ACSeg Desktop; eine andere Datei wählen</translation>
    </message>
    <message>
        <source>{0}: not a projection, or damaged; reinstall the program</source>
        <translation>{0}: keine Projektion, oder beschädigt; das Programm neu installieren</translation>
    </message>
    <message>
        <source>{0}: not a safetensors file, or damaged; download it again</source>
        <translation>{0}: keine safetensors-Datei, oder beschädigt; noch einmal herunterladen</translation>
    </message>
    <message>
        <source>{0}: not the file that was added as &quot;{1}&quot;, or damaged; add the model again</source>
        <translation>{0}: nicht die Datei, die als „{1}“ hinzugefügt wurde, oder beschädigt; das Modell wieder hinzufügen</translation>
    </message>
    <message>
        <source>{0}: nothing to export: every chosen image is missing or has changed on disk; scan the images again, or relocate them</source>
        <translation>{0}: nichts zu exportieren: Alle gewählten Bilder fehlen oder wurden geändert; den Bilderordner neu einlesen oder angeben, wo die Bilder jetzt sind</translation>
    </message>
    <message>
        <source>{0}: nothing to export: no image is done yet; finish one, or export the images with names, or all of them</source>
        <translation>{0}: nichts zu exportieren: Noch kein Bild ist fertig; eines abschließen oder die Bilder mit Namen oder alle exportieren</translation>
    </message>
    <message>
        <source>{0}: nothing to export: no image was chosen</source>
        <translation>{0}: nichts zu exportieren: Es wurde kein Bild gewählt</translation>
    </message>
    <message>
        <source>{0}: nothing to export: no region has a name yet; name some, or export all images</source>
        <translation>{0}: nichts zu exportieren: Noch keine Region hat einen Namen; einige benennen oder alle Bilder exportieren</translation>
    </message>
    <message>
        <source>{0}: nothing to export: none of the chosen images has map coordinates; look for new images once if the project is older than this version, put world files beside the images, or choose another format</source>
        <translation>{0}: nichts zu exportieren: Keines der gewählten Bilder hat Kartenkoordinaten; suchen Sie einmal nach neuen Bildern, wenn das Projekt älter ist als diese Version, legen Sie World-Dateien neben die Bilder oder wählen Sie ein anderes Format</translation>
    </message>
    <message>
        <source>{0}: object {1} gives class {2} a second name; get the file again</source>
        <translation>{0}: Objekt {1} gibt der Klasse {2} einen zweiten Namen; die Datei noch einmal herunterladen</translation>
    </message>
    <message>
        <source>{0}: open_clip has no model with this name; try ViT-B-32, ViT-B-16 or ViT-L-14</source>
        <translation>{0}: open_clip hat kein Modell dieses Namens; ViT-B-32, ViT-B-16 oder ViT-L-14 versuchen</translation>
    </message>
    <message>
        <source>{0}: regions are being proposed; wait until that is done, then merge</source>
        <translation>{0}: Es werden gerade Regionen vorgeschlagen; warten, bis das fertig ist, dann die Teile einbringen</translation>
    </message>
    <message>
        <source>{0}: regions are being proposed; wait until that is done, then split it</source>
        <translation>{0}: Es werden gerade Regionen vorgeschlagen; warten, bis das fertig ist, dann aufteilen</translation>
    </message>
    <message>
        <source>{0}: several fields could say the labels ({1}); choose one (--field)</source>
        <translation>{0}: Mehrere Felder könnten die Labels nennen ({1}); eines wählen (--field)</translation>
    </message>
    <message>
        <source>{0}: shape {1} has a point that cannot lie in an image; correct it in labelme</source>
        <translation>{0}: Form {1} hat einen Punkt, der in keinem Bild liegen kann; in labelme berichtigen</translation>
    </message>
    <message>
        <source>{0}: shape {1} has no label; correct it in labelme</source>
        <translation>{0}: Form {1} hat kein Label; in labelme berichtigen</translation>
    </message>
    <message>
        <source>{0}: shape {1} has points that are not numbers; correct it in labelme</source>
        <translation>{0}: Form {1} hat Punkte, die keine Zahlen sind; in labelme berichtigen</translation>
    </message>
    <message>
        <source>{0}: the copies need {1} MB more than is free; free some space, or add fewer photos</source>
        <translation>{0}: Für die Kopien fehlen {1} MB; Platz schaffen oder weniger Fotos hinzufügen</translation>
    </message>
    <message>
        <source>{0}: the database is damaged ({1}); {2}</source>
        <translation>{0}: Die Datenbank ist beschädigt ({1}); {2}</translation>
    </message>
    <message>
        <source>{0}: the database is not damaged, and there is no readable backup</source>
        <translation>{0}: Die Datenbank ist nicht beschädigt, und es gibt keine lesbare Sicherung</translation>
    </message>
    <message>
        <source>{0}: the disk is full, so nothing was changed; free some space and try again</source>
        <translation>{0}: Der Datenträger ist voll, daher wurde nichts geändert; Platz schaffen und noch einmal versuchen</translation>
    </message>
    <message>
        <source>{0}: the disk is full; the project cannot be changed until you free some space</source>
        <translation>{0}: Der Datenträger ist voll; das Projekt lässt sich erst wieder ändern, wenn Platz geschaffen ist</translation>
    </message>
    <message>
        <source>{0}: the file is damaged or is not the state of a project; choose another file</source>
        <translation>{0}: Die Datei ist beschädigt oder kein Stand eines Projekts; eine andere Datei wählen</translation>
    </message>
    <message>
        <source>{0}: the file of &quot;{1}&quot; is missing; put it back, or add the model again</source>
        <translation>{0}: Die Datei von „{1}“ fehlt; sie zurücklegen oder das Modell wieder hinzufügen</translation>
    </message>
    <message>
        <source>{0}: the file of the adopted model is missing; put it back, or adopt another one: `acseg models {1} --adopt bundled`</source>
        <translation>{0}: Die Datei des übernommenen Modells fehlt; sie zurücklegen oder ein anderes übernehmen: `acseg models {1} --adopt bundled`</translation>
    </message>
    <message>
        <source>{0}: the file was replaced by another one while it was open; the log of the earlier file is ignored</source>
        <translation>{0}: Die Datei wurde durch eine andere ersetzt, während sie geöffnet war; das Protokoll der früheren bleibt unbeachtet</translation>
    </message>
    <message>
        <source>{0}: the file was replaced by another one while the project was open; nothing more is written there, and everything that was open is in {1}</source>
        <translation>{0}: Die Datei wurde durch eine andere ersetzt, während das Projekt geöffnet war; dort wird nichts mehr geschrieben, und alles, was geöffnet war, ist in {1}</translation>
    </message>
    <message>
        <source>{0}: the folder cannot be read ({1}); check the path and its permissions</source>
        <translation>{0}: Der Ordner lässt sich nicht lesen ({1}); Pfad und Berechtigungen prüfen</translation>
    </message>
    <message>
        <source>{0}: the folder cannot be written; change its permissions or copy the project</source>
        <translation>{0}: In den Ordner lässt sich nicht schreiben; die Berechtigungen ändern oder das Projekt kopieren</translation>
    </message>
    <message>
        <source>{0}: the format was not recognised (supported: {1}); choose one with --format</source>
        <translation>{0}: Das Format wurde nicht erkannt (unterstützt: {1}); mit --format eines wählen</translation>
    </message>
    <message>
        <source>{0}: the images form {1} groups that stay together, too few for {2} splits; split otherwise, or export more images</source>
        <translation>{0}: Die Bilder bilden {1} Gruppen, die zusammenbleiben, zu wenige für {2} Teile; anders aufteilen oder mehr Bilder exportieren</translation>
    </message>
    <message>
        <source>{0}: the list of scenes is not complete; look for new images once, then export again</source>
        <translation>{0}: die Liste der Szenen ist nicht vollständig; einmal nach neuen Bildern suchen, dann noch einmal exportieren</translation>
    </message>
    <message>
        <source>{0}: the mask of shape {1} cannot be read; correct it in labelme</source>
        <translation>{0}: Die Maske von Form {1} lässt sich nicht lesen; in labelme berichtigen</translation>
    </message>
    <message>
        <source>{0}: the names give 0 the class &quot;{1}&quot;, but 0 is whatever else there is; put &quot;background&quot; before the first name</source>
        <translation>{0}: Nach den Namen ist 0 die Klasse „{1}“, aber 0 steht für alles Übrige; „background“ vor den ersten Namen setzen</translation>
    </message>
    <message>
        <source>{0}: the names of the classes are missing; put {1} beside the annotations</source>
        <translation>{0}: Die Namen der Klassen fehlen; {1} neben die Annotationen legen</translation>
    </message>
    <message>
        <source>{0}: the names of the classes are missing; write them into {1}</source>
        <translation>{0}: Die Namen der Klassen fehlen; in {1} schreiben</translation>
    </message>
    <message>
        <source>{0}: the project is closed; open it again</source>
        <translation>{0}: Das Projekt ist geschlossen; es wieder öffnen</translation>
    </message>
    <message>
        <source>{0}: the project is open in another program; close it there to change it here</source>
        <translation>{0}: Das Projekt ist in einem anderen Programm geöffnet; dort schließen, um es hier zu ändern</translation>
    </message>
    <message>
        <source>{0}: the project is open read-only; open it for writing to change it</source>
        <translation>{0}: Das Projekt ist nur zum Lesen geöffnet; zum Ändern mit Schreibzugriff öffnen</translation>
    </message>
    <message>
        <source>{0}: the vocabulary of the model cannot be read here ({1})</source>
        <translation>{0}: Das Vokabular des Modells lässt sich hier nicht lesen ({1})</translation>
    </message>
    <message>
        <source>{0}: there are no clusters yet; group similar regions first, or split otherwise</source>
        <translation>{0}: Es gibt noch keine Cluster; zuerst ähnliche Regionen gruppieren oder anders aufteilen</translation>
    </message>
    <message>
        <source>{0}: there are no clusters yet; group the regions first</source>
        <translation>{0}: Es gibt noch keine Cluster; die Regionen zuerst gruppieren</translation>
    </message>
    <message>
        <source>{0}: there are no label files (.txt) in a folder &quot;labels&quot;; choose YOLO&apos;s data.yaml</source>
        <translation>{0}: Es gibt keine Labeldateien (.txt) in einem Ordner „labels“; die data.yaml von YOLO wählen</translation>
    </message>
    <message>
        <source>{0}: there are no labels in it; choose a list from ACSeg or CVAT, a COCO file with categories, or a text file</source>
        <translation>{0}: Darin sind keine Labels; eine Liste von ACSeg oder CVAT, eine COCO-Datei mit Kategorien oder eine Textdatei wählen</translation>
    </message>
    <message>
        <source>{0}: there are no names in it; choose the data.yaml of a YOLO data set</source>
        <translation>{0}: Darin sind keine Namen; die data.yaml eines YOLO-Datensatzes wählen</translation>
    </message>
    <message>
        <source>{0}: there are no photos; choose photos, or a folder that contains some</source>
        <translation>{0}: keine Fotos gefunden; Fotos wählen oder einen Ordner, der welche enthält</translation>
    </message>
    <message>
        <source>{0}: there are no regions to cluster; propose some first</source>
        <translation>{0}: Es gibt keine Regionen zum Gruppieren; zuerst welche vorschlagen lassen</translation>
    </message>
    <message>
        <source>{0}: there are no weights with this tag{1}; write {2}:TAG, or give a file with weights</source>
        <translation>{0}: Gewichte mit diesem Tag gibt es nicht{1}; {2}:TAG schreiben oder eine Gewichtedatei angeben</translation>
    </message>
    <message>
        <source>{0}: there are other files in that folder; choose a new one, or write into it with --into</source>
        <translation>{0}: In diesem Ordner sind andere Dateien; einen neuen wählen oder mit --into hineinschreiben</translation>
    </message>
    <message>
        <source>{0}: there are several files of COCO panoptic, {1}; choose one of them</source>
        <translation>{0}: Es gibt mehrere Dateien von COCO panoptic: {1}; eine davon wählen</translation>
    </message>
    <message>
        <source>{0}: there is neither a project nor a backup of one; check the path</source>
        <translation>{0}: Dort ist weder ein Projekt noch die Sicherung eines Projekts; den Pfad prüfen</translation>
    </message>
    <message>
        <source>{0}: there is no COCO file of instances in it; choose the file itself</source>
        <translation>{0}: Darin ist keine COCO-Datei mit Instanzen; die Datei selbst wählen</translation>
    </message>
    <message>
        <source>{0}: there is no annotation in it; get the file again</source>
        <translation>{0}: Darin ist keine Annotation; die Datei noch einmal herunterladen</translation>
    </message>
    <message>
        <source>{0}: there is no class in it; get the file again</source>
        <translation>{0}: Darin ist keine Klasse; die Datei noch einmal herunterladen</translation>
    </message>
    <message>
        <source>{0}: there is no class raster (.tif) in it; choose the folder with them</source>
        <translation>{0}: Darin ist kein Klassenraster (.tif); den Ordner mit den Rastern wählen</translation>
    </message>
    <message>
        <source>{0}: there is no data.yaml with the class names; put one beside the labels</source>
        <translation>{0}: Es gibt keine data.yaml mit den Namen der Klassen; eine neben die Labels legen</translation>
    </message>
    <message>
        <source>{0}: there is no field &quot;{1}&quot; (the fields: {2}); choose another one (--field)</source>
        <translation>{0}: Es gibt kein Feld „{1}“ (die Felder: {2}); ein anderes wählen (--field)</translation>
    </message>
    <message>
        <source>{0}: there is no file in it whose name ends in {1}; choose the folder with them</source>
        <translation>{0}: Darin ist keine Datei, deren Name auf {1} endet; den Ordner mit diesen Dateien wählen</translation>
    </message>
    <message>
        <source>{0}: there is no file of COCO panoptic in it; choose its JSON file</source>
        <translation>{0}: Darin ist keine Datei von COCO panoptic; die JSON-Datei wählen</translation>
    </message>
    <message>
        <source>{0}: there is no folder SegmentationClass; choose the folder of the data set</source>
        <translation>{0}: Es gibt keinen Ordner SegmentationClass; den Ordner des Datensatzes wählen</translation>
    </message>
    <message>
        <source>{0}: there is no folder annotations and no map *{1} in it; choose {2}</source>
        <translation>{0}: Darin ist weder ein Ordner annotations noch eine Labelkarte *{1}; {2} wählen</translation>
    </message>
    <message>
        <source>{0}: there is no label in it; write one name per line</source>
        <translation>{0}: Darin ist kein Label; einen Namen pro Zeile schreiben</translation>
    </message>
    <message>
        <source>{0}: there is no label map (.png) in it; choose the folder with them</source>
        <translation>{0}: Darin ist keine Labelkarte (.png); den Ordner damit wählen</translation>
    </message>
    <message>
        <source>{0}: there is no labelme file in it; choose the folder with the JSON files</source>
        <translation>{0}: Darin ist keine Datei von labelme; den Ordner mit den JSON-Dateien wählen</translation>
    </message>
    <message>
        <source>{0}: there is no layer &quot;{1}&quot; (the layers: {2}); choose another one (--layer)</source>
        <translation>{0}: Es gibt keine Ebene „{1}“ (die Ebenen: {2}); eine andere wählen (--layer)</translation>
    </message>
    <message>
        <source>{0}: there is no map (.png) in it; choose {1}</source>
        <translation>{0}: Darin ist keine Labelkarte (.png); {1} wählen</translation>
    </message>
    <message>
        <source>{0}: there is no map named like *_gtFine_labelIds.png or *_gtFine_instanceIds.png; choose {1}</source>
        <translation>{0}: Darin ist keine Labelkarte mit einem Namen wie *_gtFine_labelIds.png oder *_gtFine_instanceIds.png; {1} wählen</translation>
    </message>
    <message>
        <source>{0}: there is no name in it; write one on each line</source>
        <translation>{0}: Darin steht kein Name; einen je Zeile schreiben</translation>
    </message>
    <message>
        <source>{0}: there is no such folder</source>
        <translation>{0}: Diesen Ordner gibt es nicht</translation>
    </message>
    <message>
        <source>{0}: there is no task with an image in it; {1}</source>
        <translation>{0}: Darin ist keine Aufgabe mit einem Bild; {1}</translation>
    </message>
    <message>
        <source>{0}: there is no {1} in it; choose the folder that CVAT exported</source>
        <translation>{0}: {1} fehlt darin; den von CVAT exportierten Ordner wählen</translation>
    </message>
    <message>
        <source>{0}: there is something in that place; move it away, or choose another folder</source>
        <translation>{0}: Dort liegt schon etwas; es wegräumen oder einen anderen Ordner wählen</translation>
    </message>
    <message>
        <source>{0}: these are not weights for {1}, or they are damaged; check the model name and the file</source>
        <translation>{0}: keine Gewichte für {1}, oder beschädigt; den Namen des Modells und die Datei prüfen</translation>
    </message>
    <message>
        <source>{0}: these parts were not made together; merge those of one split at a time</source>
        <translation>{0}: Diese Teile wurden nicht zusammen gemacht; nur Teile einer Aufteilung auf einmal einbringen</translation>
    </message>
    <message>
        <source>{0}: these weights do not fit the backbone; check the name of the backbone and the file</source>
        <translation>{0}: Diese Gewichte passen nicht zum Backbone; den Namen des Backbones und die Datei prüfen</translation>
    </message>
    <message>
        <source>{0}: this XML is in an encoding that is not read; save it as UTF-8</source>
        <translation>{0}: Dieses XML hat eine Kodierung, die nicht gelesen wird; als UTF-8 speichern</translation>
    </message>
    <message>
        <source>{0}: this file is too large for the labels of one image; export the labels again</source>
        <translation>{0}: Diese Datei ist zu groß für die Labels eines Bildes; die Labels neu exportieren</translation>
    </message>
    <message>
        <source>{0}: this file was deleted or damaged while it was in use; {1}</source>
        <translation>{0}: Diese Datei wurde gelöscht oder beschädigt, während sie gebraucht wurde; {1}</translation>
    </message>
    <message>
        <source>{0}: this file was not made by an export; move it away, or choose another folder</source>
        <translation>{0}: Diese Datei stammt nicht aus einem Export; sie verschieben oder einen anderen Ordner wählen</translation>
    </message>
    <message>
        <source>{0}: this file with the names is missing; put it beside {1}</source>
        <translation>{0}: Diese Datei mit den Namen fehlt; sie neben {1} legen</translation>
    </message>
    <message>
        <source>{0}: this has 16 bits for each channel; save it with 8, or as one channel of numbers</source>
        <translation>{0}: Das hat 16 Bit je Kanal; mit 8 speichern oder als einen einzigen Kanal mit Nummern</translation>
    </message>
    <message>
        <source>{0}: this has more than {1} megapixels; make it smaller</source>
        <translation>{0}: Das hat mehr als {1} Megapixel; verkleinern</translation>
    </message>
    <message>
        <source>{0}: this has {1} objects, and Pascal VOC has room for {2}; export regions, not their parts</source>
        <translation>{0}: Das hat {1} Objekte, und Pascal VOC hat Platz für {2}; Regionen statt ihrer Teile exportieren</translation>
    </message>
    <message>
        <source>{0}: this has {1} segments, and COCO panoptic has room for {2}; export regions, not their parts</source>
        <translation>{0}: Das hat {1} Segmente, und COCO panoptic hat Platz für {2}; Regionen statt ihrer Teile exportieren</translation>
    </message>
    <message>
        <source>{0}: this has {1} x {2} pixels, but {3} of {4} is of an image of {5} x {6}; export both again</source>
        <translation>{0}: Das hat {1} × {2} Pixel, aber {3} von {4} gehört zu einem Bild mit {5} × {6}; beide neu exportieren</translation>
    </message>
    <message>
        <source>{0}: this is XML or HTML, not a list of labels; export the labels as JSON or text</source>
        <translation>{0}: Das ist XML oder HTML, keine Labelliste; die Labels als JSON oder Text exportieren</translation>
    </message>
    <message>
        <source>{0}: this is a ZIP archive; unpack it and choose what is in it</source>
        <translation>{0}: Das ist ein ZIP-Archiv; entpacken und den Inhalt wählen</translation>
    </message>
    <message>
        <source>{0}: this is a disk or a socket; give the name of a file</source>
        <translation>{0}: Das ist ein Laufwerk oder ein Socket; den Namen einer Datei angeben</translation>
    </message>
    <message>
        <source>{0}: this is a file; choose {1}</source>
        <translation>{0}: Das ist eine Datei; {1} wählen</translation>
    </message>
    <message>
        <source>{0}: this is a file; give the name of a folder</source>
        <translation>{0}: Das ist eine Datei; den Namen eines Ordners angeben</translation>
    </message>
    <message>
        <source>{0}: this is a folder; choose the file of {1} in it</source>
        <translation>{0}: Das ist ein Ordner; die Datei von {1} darin wählen</translation>
    </message>
    <message>
        <source>{0}: this is a model of the project in {1}; choose another file</source>
        <translation>{0}: Das ist ein Modell des Projekts in {1}; eine andere Datei wählen</translation>
    </message>
    <message>
        <source>{0}: this is a model of the project; choose another file</source>
        <translation>{0}: Das ist ein Modell des Projekts; eine andere Datei wählen</translation>
    </message>
    <message>
        <source>{0}: this is a photo of the project in {1}; choose another file</source>
        <translation>{0}: Das ist ein Foto des Projekts in {1}; eine andere Datei wählen</translation>
    </message>
    <message>
        <source>{0}: this is a photo of the project; choose another file</source>
        <translation>{0}: Das ist ein Foto des Projekts; eine andere Datei wählen</translation>
    </message>
    <message>
        <source>{0}: this is a table, not a list of labels; keep only the names, one per line</source>
        <translation>{0}: Das ist eine Tabelle, keine Labelliste; nur die Namen behalten, einen pro Zeile</translation>
    </message>
    <message>
        <source>{0}: this is nested too deeply for a list of labels; choose another file</source>
        <translation>{0}: Das ist zu tief verschachtelt für eine Labelliste; eine andere Datei wählen</translation>
    </message>
    <message>
        <source>{0}: this is not UTF-8 text; save it as UTF-8</source>
        <translation>{0}: Das ist kein UTF-8-Text; als UTF-8 speichern</translation>
    </message>
    <message>
        <source>{0}: this is not a folder; give the folder with the images</source>
        <translation>{0}: kein Ordner; den Ordner mit den Bildern angeben</translation>
    </message>
    <message>
        <source>{0}: this is not a labelme file, as it has no shapes; choose another file</source>
        <translation>{0}: Das ist keine Datei von labelme, denn sie hat keine Formen; eine andere Datei wählen</translation>
    </message>
    <message>
        <source>{0}: this is not a list of labels in the format {1}; leave the format out</source>
        <translation>{0}: Das ist keine Labelliste im Format {1}; das Format weglassen</translation>
    </message>
    <message>
        <source>{0}: this is not a valid PNG; export it again</source>
        <translation>{0}: Das ist kein gültiges PNG; neu exportieren</translation>
    </message>
    <message>
        <source>{0}: this is not an export of CVAT; choose the {1} of CVAT for images 1.1</source>
        <translation>{0}: Das ist kein Export von CVAT; die {1} von „CVAT for images 1.1“ wählen</translation>
    </message>
    <message>
        <source>{0}: this is not an object with a &quot;name&quot;; export the list again</source>
        <translation>{0}: kein Objekt mit „name“; die Liste neu exportieren</translation>
    </message>
    <message>
        <source>{0}: this is not of the size of {1}; get both files again</source>
        <translation>{0}: Das ist nicht so groß wie {1}; beide Dateien noch einmal herunterladen</translation>
    </message>
    <message>
        <source>{0}: this is not valid JSON ({1}); export it again</source>
        <translation>{0}: Das ist kein gültiges JSON ({1}); neu exportieren</translation>
    </message>
    <message>
        <source>{0}: this is not valid JSON; get the file again</source>
        <translation>{0}: Das ist kein gültiges JSON; die Datei noch einmal herunterladen</translation>
    </message>
    <message>
        <source>{0}: this is not valid JSON; save it again with {1}</source>
        <translation>{0}: Das ist kein gültiges JSON; mit {1} noch einmal speichern</translation>
    </message>
    <message>
        <source>{0}: this is not valid JSON; write a list of names</source>
        <translation>{0}: Das ist kein gültiges JSON; eine Liste von Namen schreiben</translation>
    </message>
    <message>
        <source>{0}: this is the project itself; choose another file</source>
        <translation>{0}: Das ist das Projekt selbst; eine andere Datei wählen</translation>
    </message>
    <message>
        <source>{0}: this is too long for a list of labels; choose another file</source>
        <translation>{0}: Das ist zu lang für eine Labelliste; eine andere Datei wählen</translation>
    </message>
    <message>
        <source>{0}: this line is not a class followed by numbers; export the labels again</source>
        <translation>{0}: Diese Zeile ist keine Klasse mit Zahlen dahinter; die Labels neu exportieren</translation>
    </message>
    <message>
        <source>{0}: this list was written by a newer version of ACSeg Desktop ({1}); update the program</source>
        <translation>{0}: Diese Liste stammt von einer neueren Version von ACSeg Desktop ({1}); das Programm aktualisieren</translation>
    </message>
    <message>
        <source>{0}: this location is for the project&apos;s own files; choose another one</source>
        <translation>{0}: Dieser Ort ist für die eigenen Dateien des Projekts; einen anderen wählen</translation>
    </message>
    <message>
        <source>{0}: this map of objects is not of the size of its map of classes; export both again</source>
        <translation>{0}: Diese Karte der Objekte ist nicht so groß wie die der Klassen; beide neu exportieren</translation>
    </message>
    <message>
        <source>{0}: this model cannot tell foreground from background; choose another model</source>
        <translation>{0}: Dieses Modell kann Vordergrund und Hintergrund nicht unterscheiden; ein anderes Modell wählen</translation>
    </message>
    <message>
        <source>{0}: this model has no concept generator, which this needs; choose another model</source>
        <translation>{0}: Dieses Modell hat keinen Konzeptgenerator, der hier gebraucht wird; ein anderes Modell wählen</translation>
    </message>
    <message>
        <source>{0}: this model was made by a newer version of ACSeg Desktop; update the program, or choose another model</source>
        <translation>{0}: Dieses Modell stammt von einer neueren Version von ACSeg Desktop; das Programm aktualisieren oder ein anderes Modell wählen</translation>
    </message>
    <message>
        <source>{0}: this model was trained for {1}, not for {2}; choose that backbone, or train a model with `acseg train --backbone {3}`</source>
        <translation>{0}: Dieses Modell wurde für {1} trainiert, nicht für {2}; jenen Backbone wählen oder mit `acseg train --backbone {3}` ein Modell trainieren</translation>
    </message>
    <message>
        <source>{0}: this model was trained for {1}, not for {2}; choose that backbone, or train a model with `{3} --backbone {4}`</source>
        <translation>{0}: Dieses Modell wurde für {1} trainiert, nicht für {2}; jenen Backbone wählen oder mit `{3} --backbone {4}` ein Modell trainieren</translation>
    </message>
    <message>
        <source>{0}: this model was trained with other weights of {1}; give the same weights file as in training, or train a model for these</source>
        <translation>{0}: Dieses Modell wurde mit anderen Gewichten von {1} trainiert; dieselbe Gewichtedatei wie beim Training angeben oder ein Modell für diese trainieren</translation>
    </message>
    <message>
        <source>{0}: this names no map and image; export it again</source>
        <translation>{0}: Hier stehen keine Karte und kein Bild; neu exportieren</translation>
    </message>
    <message>
        <source>{0}: this project was made by a newer version of ACSeg Desktop; update the program</source>
        <translation>{0}: Dieses Projekt stammt von einer neueren Version von ACSeg Desktop; das Programm aktualisieren</translation>
    </message>
    <message>
        <source>{0}: this project was made by an older version; open it once for writing to update it</source>
        <translation>{0}: Dieses Projekt stammt von einer älteren Version; einmal zum Schreiben öffnen, um es zu aktualisieren</translation>
    </message>
    <message>
        <source>{0}: this would be outside the folder; rename the image</source>
        <translation>{0}: Das läge außerhalb des Ordners; das Bild umbenennen</translation>
    </message>
    <message>
        <source>{0}: this would overwrite a picture; choose another file</source>
        <translation>{0}: Das würde ein Bild überschreiben; eine andere Datei wählen</translation>
    </message>
    <message>
        <source>{0}: timm has no vision transformer with this name; try {1} or vit_small_patch8_224.dino</source>
        <translation>{0}: timm hat keinen Vision Transformer dieses Namens; {1} oder vit_small_patch8_224.dino versuchen</translation>
    </message>
    <message>
        <source>{0}: timm knows no weights for it; give a safetensors file with --weights</source>
        <translation>{0}: timm kennt keine Gewichte dafür; eine safetensors-Datei als Gewichte angeben</translation>
    </message>
    <message>
        <source>{0}: two images would have this name; rename one of them</source>
        <translation>{0}: Zwei Bilder hätten diesen Namen; eines davon umbenennen</translation>
    </message>
    <message>
        <source>{0}: workers end one after the other ({1}); see Ray&apos;s logs there</source>
        <translation>{0}: ein Worker nach dem anderen stürzt ab ({1}); Näheres in den Protokollen von Ray dort</translation>
    </message>
    <message>
        <source>{0}: write a list of names, or names by number: {&quot;1&quot;: &quot;car&quot;}</source>
        <translation>{0}: Eine Liste von Namen schreiben, oder Namen nach Nummer: {&quot;1&quot;: &quot;Auto&quot;}</translation>
    </message>
    <message>
        <source>{0}: {1} all match {2}; match by path (nothing was changed)</source>
        <translation>{0}: {1} passen alle zu {2}; Bilder nach dem Pfad zuordnen (nichts wurde geändert)</translation>
    </message>
    <message>
        <source>{0}: {1} does not have enough memory for a single image; choose a smaller input size or another device</source>
        <translation>{0}: {1} hat nicht genug Speicher für ein einziges Bild; eine kleinere Eingabegröße oder ein anderes Gerät wählen</translation>
    </message>
    <message>
        <source>{0}: {1} is written as a folder here, with a split, chips or image files; leave out {2}</source>
        <translation>{0}: {1} wird hier als Ordner geschrieben, mit Aufteilung, Ausschnitten oder Bilddateien; lassen Sie {2} weg</translation>
    </message>
    <message>
        <source>{0}: {1} is written as a folder; leave out {2}</source>
        <translation>{0}: {1} wird als Ordner geschrieben; lassen Sie {2} weg</translation>
    </message>
    <message>
        <source>{0}: {1} is written as {2}; call it {3}{4}</source>
        <translation>{0}: {1} wird als {2} geschrieben; nennen Sie die Datei {3}{4}</translation>
    </message>
    <message>
        <source>{0}: {1} is written as {2}; call it {3}{4}, and pack it yourself</source>
        <translation>{0}: {1} wird als {2} geschrieben; nennen Sie die Datei {3}{4} und packen Sie sie selbst</translation>
    </message>
    <message>
        <source>{0}: {1} is written, but not read; choose another format</source>
        <translation>{0}: {1} wird geschrieben, aber nicht gelesen; wählen Sie ein anderes Format</translation>
    </message>
    <message>
        <source>{0}: {1} x {2} pixels now, {3} x {4} when it was added</source>
        <translation>{0}: jetzt {1} x {2} Pixel, beim Hinzufügen {3} x {4}</translation>
    </message>
    <message>
        <source>{0}: {1}; check its permissions</source>
        <translation>{0}: {1}; die Berechtigungen prüfen</translation>
    </message>
    <message>
        <source>{0}: {1}; check that the disk is connected, can be written and has space left</source>
        <translation>{0}: {1}; prüfen, ob der Datenträger angeschlossen und beschreibbar ist und Platz hat</translation>
    </message>
    <message>
        <source>{0}: {1}; choose a JSON file that ISAT saved, or the folder with them</source>
        <translation>{0}: {1}; eine von ISAT gespeicherte JSON-Datei oder den Ordner damit wählen</translation>
    </message>
    <message>
        <source>{0}: {1}; choose another folder or change its permissions</source>
        <translation>{0}: {1}; einen anderen Ordner wählen oder die Berechtigungen ändern</translation>
    </message>
    <message>
        <source>{0}: {1}; export it again as &quot;CVAT for images 1.1&quot;</source>
        <translation>{0}: {1}; als „CVAT for images 1.1“ neu exportieren</translation>
    </message>
    <message>
        <source>{0}: {1}; match by path, or rename one of the two (nothing was changed)</source>
        <translation>{0}: {1}; Bilder nach dem Pfad zuordnen oder eines der beiden umbenennen (nichts wurde geändert)</translation>
    </message>
    <message>
        <source>{0}: {1}; reinstall the program</source>
        <translation>{0}: {1}; das Programm neu installieren</translation>
    </message>
    <message>
        <source>{0}:1: there are no columns Idx and Name; get the file again</source>
        <translation>{0}:1: Die Spalten Idx und Name fehlen; die Datei noch einmal herunterladen</translation>
    </message>
    <message>
        <source>{0}:{1}: the map &quot;{2}&quot; is there twice; export it again</source>
        <translation>{0}:{1}: Die Karte „{2}“ steht zweimal da; neu exportieren</translation>
    </message>
    <message>
        <source>{0}:{1}: this has no number and name; get the file again</source>
        <translation>{0}:{1}: Nummer und Name fehlen; die Datei noch einmal herunterladen</translation>
    </message>
    <message>
        <source>{0}:{1}: this is not JSON ({2}); export the list again</source>
        <translation>{0}:{1}: Das ist kein JSON ({2}); die Liste neu exportieren</translation>
    </message>
    <message>
        <source>{0}:{1}: this is not UTF-8 text; choose a list of labels, or save it as UTF-8</source>
        <translation>{0}:{1}: Das ist kein UTF-8-Text; eine Labelliste wählen oder die Datei als UTF-8 speichern</translation>
    </message>
    <message>
        <source>{0}:{1}: this is not YAML; export the list again</source>
        <translation>{0}:{1}: Das ist kein YAML; die Liste neu exportieren</translation>
    </message>
    <message>
        <source>{0}:{1}: this is not valid XML ({2}); export it again</source>
        <translation>{0}:{1}: Das ist kein gültiges XML ({2}); neu exportieren</translation>
    </message>
    <message>
        <source>{0}:{1}: {2} is there twice; get the file again</source>
        <translation>{0}:{1}: {2} kommt zweimal vor; die Datei noch einmal herunterladen</translation>
    </message>
    <message>
        <source>{0}:{1}: {2}; export it again</source>
        <translation>{0}:{1}: {2}; neu exportieren</translation>
    </message>
    <message>
        <source>{0}; it is kept as {1}</source>
        <translation>{0}; aufgehoben als {1}</translation>
    </message>
</context>
<context>
    <name>Doubtful names</name>
    <message numerus="yes">
        <source>%Ln name(s) corrected</source>
        <translation>
            <numerusform>%Ln Name berichtigt</numerusform>
            <numerusform>%Ln Namen berichtigt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln name(s) kept; undo to be asked again</source>
        <translation>
            <numerusform>%Ln Name behalten; Rückgängig fragt wieder</numerusform>
            <numerusform>%Ln Namen behalten; Rückgängig fragt wieder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln name(s) of {count} will be corrected</source>
        <translation>
            <numerusform>%Ln Name von {count} wird berichtigt</numerusform>
            <numerusform>%Ln Namen von {count} werden berichtigt</numerusform>
        </translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>Berichtigen</translation>
    </message>
    <message>
        <source>Correct names</source>
        <translation>Namen berichtigen</translation>
    </message>
    <message>
        <source>No doubtful names</source>
        <translation>Keine zweifelhaften Namen</translation>
    </message>
    <message>
        <source>These regions get the suggested name without being checked one by one, so some correct names will be lost. You can undo this in one step.</source>
        <translation>Diese Regionen bekommen den vorgeschlagenen Namen, ohne dass sie jemand einzeln prüft; manche richtigen Namen gehen dabei verloren. Ein einziges Rückgängig nimmt alles zurück.</translation>
    </message>
    <message>
        <source>Use suggestions</source>
        <translation>Vorschläge verwenden</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>A component is not installed</source>
        <translation>Eine Komponente ist nicht installiert</translation>
    </message>
    <message>
        <source>Cannot create the project</source>
        <translation>Das Projekt lässt sich nicht anlegen</translation>
    </message>
    <message>
        <source>Cannot load the model</source>
        <translation>Das Modell lässt sich nicht laden</translation>
    </message>
    <message>
        <source>Cannot read or write</source>
        <translation>Lesen oder Schreiben fehlgeschlagen</translation>
    </message>
    <message>
        <source>Cannot write to the project</source>
        <translation>Das Projekt lässt sich nicht schreiben</translation>
    </message>
    <message>
        <source>Continue with what was open</source>
        <translation>Mit dem geöffneten Stand weitermachen</translation>
    </message>
    <message>
        <source>Made by a newer version</source>
        <translation>Mit einer neueren Version erstellt</translation>
    </message>
    <message>
        <source>No images found</source>
        <translation>Keine Bilder gefunden</translation>
    </message>
    <message>
        <source>No project found</source>
        <translation>Kein Projekt gefunden</translation>
    </message>
    <message>
        <source>Open read-only</source>
        <translation>Schreibgeschützt öffnen</translation>
    </message>
    <message>
        <source>Restore the last backup</source>
        <translation>Letzte Sicherung wiederherstellen</translation>
    </message>
    <message>
        <source>Something went wrong</source>
        <translation>Etwas ist schiefgegangen</translation>
    </message>
    <message>
        <source>That did not work</source>
        <translation>Das hat nicht funktioniert</translation>
    </message>
    <message>
        <source>That does not work here</source>
        <translation>Das geht hier nicht</translation>
    </message>
    <message>
        <source>The project is damaged</source>
        <translation>Das Projekt ist beschädigt</translation>
    </message>
    <message>
        <source>The project is open in another program</source>
        <translation>Das Projekt ist in einem anderen Programm geöffnet</translation>
    </message>
    <message>
        <source>The project&apos;s file was replaced</source>
        <translation>Die Datei des Projekts wurde ersetzt</translation>
    </message>
    <message>
        <source>These weights do not match</source>
        <translation>Die Gewichte passen nicht</translation>
    </message>
    <message>
        <source>This is a bug in ACSeg Desktop, not your fault. Everything you did before is saved. Please report it with the details below.</source>
        <translation>Das ist ein Fehler in ACSeg Desktop. Alles bisher Getane ist gespeichert. Bitte mit den Einzelheiten unten melden.</translation>
    </message>
    <message>
        <source>Unknown backbone</source>
        <translation>Unbekannter Backbone</translation>
    </message>
    <message>
        <source>Weights not found</source>
        <translation>Gewichte nicht gefunden</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message numerus="yes">
        <source>%Ln categor(y,ies)</source>
        <translation>
            <numerusform>%Ln Kategorie</numerusform>
            <numerusform>%Ln Kategorien</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s)</source>
        <translation>
            <numerusform>%Ln Bild</numerusform>
            <numerusform>%Ln Bilder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) left out: file cannot be read</source>
        <translation>
            <numerusform>%Ln Bild ausgelassen: Datei nicht lesbar</numerusform>
            <numerusform>%Ln Bilder ausgelassen: Datei nicht lesbar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) left out: file changed since it was labelled</source>
        <translation>
            <numerusform>%Ln Bild ausgelassen: Datei seit dem Beschriften geändert</numerusform>
            <numerusform>%Ln Bilder ausgelassen: Datei seit dem Beschriften geändert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) left out: file missing</source>
        <translation>
            <numerusform>%Ln Bild ausgelassen: Datei fehlt</numerusform>
            <numerusform>%Ln Bilder ausgelassen: Datei fehlt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) left out: no map coordinates</source>
        <translation>
            <numerusform>%Ln Bild ausgelassen: keine Kartenkoordinaten</numerusform>
            <numerusform>%Ln Bilder ausgelassen: keine Kartenkoordinaten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) left out: not done</source>
        <translation>
            <numerusform>%Ln Bild ausgelassen: nicht fertig</numerusform>
            <numerusform>%Ln Bilder ausgelassen: nicht fertig</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) left out: nothing named</source>
        <translation>
            <numerusform>%Ln Bild ausgelassen: nichts benannt</numerusform>
            <numerusform>%Ln Bilder ausgelassen: nichts benannt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) without objects (looks,look) unlabelled</source>
        <translation>
            <numerusform>%Ln Bild ohne Objekte sieht unbeschriftet aus</numerusform>
            <numerusform>%Ln Bilder ohne Objekte sehen unbeschriftet aus</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) without regions</source>
        <translation>
            <numerusform>%Ln Bild ohne Regionen</numerusform>
            <numerusform>%Ln Bilder ohne Regionen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln object(s) (merges,merge) with others of the same label</source>
        <translation>
            <numerusform>%Ln Objekt verschmilzt mit anderen desselben Labels</numerusform>
            <numerusform>%Ln Objekte verschmelzen mit anderen desselben Labels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them thing(s)</source>
        <translation>
            <numerusform>davon %Ln Ding</numerusform>
            <numerusform>davon %Ln Dinge</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln pixel(s)</source>
        <translation>
            <numerusform>%Ln Pixel</numerusform>
            <numerusform>%Ln Pixel</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln point(s)</source>
        <translation>
            <numerusform>%Ln Punkt</numerusform>
            <numerusform>%Ln Punkte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln polygon(s) not exact: {pixels} changed ({share}), {points} in total.</source>
        <translation>
            <numerusform>%Ln Polygon nicht genau: {pixels} anders ({share}), insgesamt {points}.</numerusform>
            <numerusform>%Ln Polygone nicht genau: {pixels} anders ({share}), insgesamt {points}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s)</source>
        <translation>
            <numerusform>%Ln Region</numerusform>
            <numerusform>%Ln Regionen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) in several parts (becomes,become) several</source>
        <translation>
            <numerusform>%Ln Region aus mehreren Teilen wird zu mehreren</numerusform>
            <numerusform>%Ln Regionen aus mehreren Teilen werden zu mehreren</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) in several parts, one annotation for each part.</source>
        <translation>
            <numerusform>%Ln Region in mehreren Teilen, für jeden Teil eine Annotation.</numerusform>
            <numerusform>%Ln Regionen in mehreren Teilen, für jeden Teil eine Annotation.</numerusform>
        </translation>
    </message>
    <message>
        <source>Accepted regions with a label</source>
        <translation>Bestätigte Regionen mit Label</translation>
    </message>
    <message>
        <source>All images</source>
        <translation>Alle Bilder</translation>
    </message>
    <message>
        <source>All images with names</source>
        <translation>Alle Bilder mit Namen</translation>
    </message>
    <message>
        <source>All polygons are exactly the masks: {points}.</source>
        <translation>Alle Polygone entsprechen genau den Masken: {points}.</translation>
    </message>
    <message>
        <source>All regions, unnamed ones as “region”</source>
        <translation>Alle Regionen, unbenannte als „region“</translation>
    </message>
    <message>
        <source>As displayed</source>
        <translation>Wie angezeigt</translation>
    </message>
    <message>
        <source>As in the image</source>
        <translation>Wie im Bild</translation>
    </message>
    <message>
        <source>As stored in the file</source>
        <translation>Wie in der Datei gespeichert</translation>
    </message>
    <message>
        <source>Cancelled; no file was written.</source>
        <translation>Abgebrochen; es wurde keine Datei geschrieben.</translation>
    </message>
    <message>
        <source>Checking what {format} cannot keep…</source>
        <translation>Prüfen, was {format} nicht behält …</translation>
    </message>
    <message>
        <source>Chips</source>
        <translation>Ausschnitte</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Coordinates</source>
        <translation>Koordinaten</translation>
    </message>
    <message>
        <source>Copy them</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Wird gezählt…</translation>
    </message>
    <message>
        <source>Cuts scenes into training images of this size, across the borders of tiles</source>
        <translation>Zerlegt Szenen in Trainingsbilder dieser Größe, über die Grenzen der Kacheln hinweg</translation>
    </message>
    <message>
        <source>Distance from chip to chip</source>
        <translation>Abstand der Ausschnitte</translation>
    </message>
    <message>
        <source>Done images</source>
        <translation>Fertige Bilder</translation>
    </message>
    <message>
        <source>Every region with a label</source>
        <translation>Alle Regionen mit Label</translation>
    </message>
    <message>
        <source>Exact to the pixel</source>
        <translation>Pixelgenau</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export labels</source>
        <translation>Labels exportieren</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>Exportieren nach</translation>
    </message>
    <message>
        <source>Exported {what} to {name}.</source>
        <translation>{what} nach {name} exportiert.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>For things: two cars in one region become two annotations. Stuff is always one annotation.</source>
        <translation>Bei Dingen: Zwei Autos in einer Region werden zwei Annotationen. Flächen sind immer eine.</translation>
    </message>
    <message>
        <source>For tools that cannot read masks; holes are joined to the outline by a cut of zero width</source>
        <translation>Für Programme, die keine Masken lesen; Löcher werden durch einen Schnitt ohne Breite mit dem Umriss verbunden</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>How far outlines may deviate, to save points</source>
        <translation>Wie weit Umrisse abweichen dürfen, um Punkte zu sparen</translation>
    </message>
    <message>
        <source>How to split</source>
        <translation>Art der Aufteilung</translation>
    </message>
    <message>
        <source>Image files</source>
        <translation>Bilddateien</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Include images whose file is missing or has changed</source>
        <translation>Auch Bilder, deren Datei fehlt oder geändert ist</translation>
    </message>
    <message>
        <source>Leave them out</source>
        <translation>Weglassen</translation>
    </message>
    <message>
        <source>Link to them</source>
        <translation>Verknüpfen</translation>
    </message>
    <message>
        <source>Longitude and latitude</source>
        <translation>Länge und Breite</translation>
    </message>
    <message>
        <source>Masks</source>
        <translation>Masken</translation>
    </message>
    <message>
        <source>Most web maps need longitude and latitude</source>
        <translation>Die meisten Webkarten brauchen Länge und Breite</translation>
    </message>
    <message>
        <source>Names and shares; near-duplicates and frames of one video always stay together</source>
        <translation>Namen und Anteile; Beinahe-Duplikate und Einzelbilder eines Videos bleiben immer zusammen</translation>
    </message>
    <message>
        <source>No chips</source>
        <translation>Keine Ausschnitte</translation>
    </message>
    <message>
        <source>No image is done yet. Finish one or choose other images.</source>
        <translation>Noch kein Bild ist fertig. Eines abschließen oder andere Bilder wählen.</translation>
    </message>
    <message>
        <source>No split</source>
        <translation>Nicht aufteilen</translation>
    </message>
    <message>
        <source>Nothing to export.</source>
        <translation>Nichts zu exportieren.</translation>
    </message>
    <message>
        <source>One annotation for each part</source>
        <translation>Eine Annotation für jeden Teil</translation>
    </message>
    <message>
        <source>One for each region</source>
        <translation>Eine für jede Region</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Polygons</source>
        <translation>Polygone</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>Regionen</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Rotated photos</source>
        <translation>Gedrehte Fotos</translation>
    </message>
    <message>
        <source>Shapes</source>
        <translation>Formen</translation>
    </message>
    <message>
        <source>Show these images</source>
        <translation>Diese Bilder zeigen</translation>
    </message>
    <message>
        <source>Size of chips</source>
        <translation>Größe der Ausschnitte</translation>
    </message>
    <message>
        <source>Some tools ignore the EXIF rotation and need masks of the stored picture</source>
        <translation>Manche Programme beachten die EXIF-Drehung nicht und brauchen Masken des gespeicherten Bildes</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Aufteilung</translation>
    </message>
    <message numerus="yes">
        <source>The %Ln selected image(s)</source>
        <translation>
            <numerusform>Das %Ln ausgewählte Bild</numerusform>
            <numerusform>Die %Ln ausgewählten Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>The export failed because of a bug in the program.</source>
        <translation>Der Export ist an einem Programmfehler gescheitert.</translation>
    </message>
    <message>
        <source>The folder {name} contains other files. They are kept if you write into it.</source>
        <translation>Der Ordner {name} enthält andere Dateien. Sie bleiben erhalten, wenn hineingeschrieben wird.</translation>
    </message>
    <message>
        <source>Things</source>
        <translation>Dinge</translation>
    </message>
    <message>
        <source>Tolerance of polygons</source>
        <translation>Toleranz der Polygone</translation>
    </message>
    <message>
        <source>Write into it</source>
        <translation>Hineinschreiben</translation>
    </message>
    <message>
        <source>at random</source>
        <translation>zufällig</translation>
    </message>
    <message>
        <source>by cluster</source>
        <translation>nach Cluster</translation>
    </message>
    <message>
        <source>by folder</source>
        <translation>nach Ordner</translation>
    </message>
    <message numerus="yes">
        <source>comments or reviews of %Ln image(s)</source>
        <translation>
            <numerusform>Kommentar oder Prüfung von %Ln Bild</numerusform>
            <numerusform>Kommentare oder Prüfungen von %Ln Bildern</numerusform>
        </translation>
    </message>
    <message>
        <source>exact</source>
        <translation>genau</translation>
    </message>
    <message>
        <source>px</source>
        <translation>px</translation>
    </message>
    <message>
        <source>side by side</source>
        <translation>nebeneinander</translation>
    </message>
    <message numerus="yes">
        <source>that %Ln label(s) (is,are) stuff</source>
        <translation>
            <numerusform>dass %Ln Label eine Fläche ist</numerusform>
            <numerusform>dass %Ln Labels Flächen sind</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the colors of %Ln label(s)</source>
        <translation>
            <numerusform>die Farbe von %Ln Label</numerusform>
            <numerusform>die Farben von %Ln Labels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the ids of %Ln label(s)</source>
        <translation>
            <numerusform>die Nummer von %Ln Label</numerusform>
            <numerusform>die Nummern von %Ln Labels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the supercategories of %Ln label(s)</source>
        <translation>
            <numerusform>die Oberkategorie von %Ln Label</numerusform>
            <numerusform>die Oberkategorien von %Ln Labels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>void areas in %Ln image(s)</source>
        <translation>
            <numerusform>zu ignorierende Bereiche in %Ln Bild</numerusform>
            <numerusform>zu ignorierende Bereiche in %Ln Bildern</numerusform>
        </translation>
    </message>
    <message>
        <source>{format} does not keep: {list}.</source>
        <translation>{format} behält nicht: {list}.</translation>
    </message>
    <message>
        <source>{format} keeps everything in this export.</source>
        <translation>{format} behält alles in diesem Export.</translation>
    </message>
    <message>
        <source>{name} already exists. Press Replace to overwrite it.</source>
        <translation>{name} gibt es schon. Zum Überschreiben „Ersetzen“ drücken.</translation>
    </message>
</context>
<context>
    <name>Finishing</name>
    <message>
        <source>Closing the project and making a final backup</source>
        <translation>Das Projekt wird geschlossen und ein letztes Mal gesichert</translation>
    </message>
    <message>
        <source>Closing…</source>
        <translation>Wird beendet…</translation>
    </message>
    <message>
        <source>Keep waiting</source>
        <translation>Weiter warten</translation>
    </message>
    <message>
        <source>Quit now</source>
        <translation>Jetzt beenden</translation>
    </message>
    <message>
        <source>Saving your last changes</source>
        <translation>Die letzten Änderungen werden gespeichert</translation>
    </message>
    <message>
        <source>Stopping what is still running</source>
        <translation>Was noch läuft, wird angehalten</translation>
    </message>
    <message>
        <source>Stopping: {title}</source>
        <translation>Wird angehalten: {title}</translation>
    </message>
    <message>
        <source>This is taking longer than usual. Saved work is safe, but if you quit now, the steps above will not be finished.</source>
        <translation>Das dauert länger als sonst. Gespeichertes bleibt gespeichert; wer jetzt beendet, bricht ab, was oben steht.</translation>
    </message>
</context>
<context>
    <name>First steps</name>
    <message>
        <source>Accept</source>
        <translation>Bestätigen</translation>
    </message>
    <message>
        <source>Click a region on the photo; Ctrl+click adds another, {key} selects all.</source>
        <translation>Eine Region im Foto anklicken; Strg+Klick nimmt eine dazu, {key} wählt alle.</translation>
    </message>
    <message>
        <source>Close the first steps</source>
        <translation>Erste Schritte schließen</translation>
    </message>
    <message>
        <source>Close; Help ▸ First steps shows them again</source>
        <translation>Schließen; Hilfe ▸ Erste Schritte zeigt sie wieder</translation>
    </message>
    <message>
        <source>Does the photo look right? {key} accepts its names and goes to the next one.</source>
        <translation>Stimmt das Foto? {key} bestätigt seine Namen und geht zum nächsten.</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>First steps</source>
        <translation>Erste Schritte</translation>
    </message>
    <message>
        <source>Look-alikes</source>
        <translation>Ähnliche</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Benennen</translation>
    </message>
    <message>
        <source>Name look-alikes</source>
        <translation>Ähnliche benennen</translation>
    </message>
    <message>
        <source>Press {key} and type what you have selected. Names get the keys 1 to 9.</source>
        <translation>{key} drücken und eingeben, was die Auswahl zeigt. Namen erhalten die Tasten 1 bis 9.</translation>
    </message>
    <message>
        <source>Press {key} to name look-alikes from all photos at once.</source>
        <translation>{key} drücken: Ähnliches aus allen Fotos lässt sich auf einmal benennen.</translation>
    </message>
    <message>
        <source>Press {key}: the model proposes regions for your photos in the background.</source>
        <translation>{key} drücken: Das Modell schlägt im Hintergrund Regionen für die Fotos vor.</translation>
    </message>
    <message>
        <source>Propose</source>
        <translation>Vorschlagen</translation>
    </message>
    <message>
        <source>Propose regions…</source>
        <translation>Regionen vorschlagen…</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>Auswählen</translation>
    </message>
    <message>
        <source>That&apos;s all. In the concept browser ({key}) you can name many similar regions at once.</source>
        <translation>Das ist alles. In der Konzeptübersicht ({key}) lassen sich viele ähnliche Regionen auf einmal benennen.</translation>
    </message>
    <message>
        <source>{key} exports what you have accepted to a file for training.</source>
        <translation>{key} exportiert das Bestätigte in eine Datei zum Trainieren.</translation>
    </message>
</context>
<context>
    <name>Forms</name>
    <message>
        <source>Advanced</source>
        <translation>Erweitert</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>{name} already exists; choose that name to replace it</source>
        <translation>{name} gibt es schon; diesen Namen wählen, um die Datei zu ersetzen</translation>
    </message>
</context>
<context>
    <name>Granularity</name>
    <message numerus="yes">
        <source>%Ln image(s) updated</source>
        <translation>
            <numerusform>%Ln Bild neu aufgeteilt</numerusform>
            <numerusform>%Ln Bilder neu aufgeteilt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s)</source>
        <translation>
            <numerusform>%Ln Region</numerusform>
            <numerusform>%Ln Regionen</numerusform>
        </translation>
    </message>
    <message>
        <source>Calibrate</source>
        <translation>Kalibrieren</translation>
    </message>
    <message numerus="yes">
        <source>Calibrated on %Ln image(s)</source>
        <translation>
            <numerusform>Auf %Ln Bild kalibriert</numerusform>
            <numerusform>Auf %Ln Bilder kalibriert</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Coarser or finer regions in this image; double-click to reset</source>
        <translation>Gröbere oder feinere Regionen in diesem Bild; Doppelklick setzt zurück</translation>
    </message>
    <message>
        <source>Do not follow the granularity of your last images; start over with the next ones</source>
        <translation>Der Feinheit der letzten Bilder nicht mehr folgen, sondern mit den nächsten neu beginnen</translation>
    </message>
    <message numerus="yes">
        <source>From your last %Ln image(s)</source>
        <translation>
            <numerusform>Nach dem letzten Bild</numerusform>
            <numerusform>Nach den letzten %Ln Bildern</numerusform>
        </translation>
    </message>
    <message>
        <source>Granularity</source>
        <translation>Feinheit</translation>
    </message>
    <message>
        <source>New images, and those you have not worked on yet, start at this granularity</source>
        <translation>Neue Bilder und solche, an denen noch niemand gearbeitet hat, beginnen mit dieser Feinheit</translation>
    </message>
    <message>
        <source>Nothing to change</source>
        <translation>Nichts zu ändern</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Standard granularity</source>
        <translation>Übliche Feinheit</translation>
    </message>
    <message>
        <source>The project is open read-only</source>
        <translation>Das Projekt ist schreibgeschützt geöffnet</translation>
    </message>
    <message>
        <source>The regions cannot get any coarser</source>
        <translation>Gröber geht es nicht</translation>
    </message>
    <message>
        <source>The regions cannot get any finer</source>
        <translation>Feiner geht es nicht</translation>
    </message>
    <message>
        <source>This image has no proposed regions yet; press {key} to propose some</source>
        <translation>Für dieses Bild sind noch keine Regionen vorgeschlagen; {key} schlägt welche vor</translation>
    </message>
    <message>
        <source>Use the granularity that suits the images of this project</source>
        <translation>Die Feinheit nehmen, die zu den Bildern dieses Projekts passt</translation>
    </message>
    <message>
        <source>Use the standard granularity instead of the one that suits the images of this project</source>
        <translation>Die übliche Feinheit nehmen statt der, die zu den Bildern dieses Projekts passt</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message numerus="yes">
        <source>%Ln file(s) skipped</source>
        <translation>
            <numerusform>%Ln Datei übergangen</numerusform>
            <numerusform>%Ln Dateien übergangen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label map(s) left out: (it,they) (belongs,belong) to photos.</source>
        <translation>
            <numerusform>%Ln Labelkarte ausgelassen: sie gehört zu einem Foto.</numerusform>
            <numerusform>%Ln Labelkarten ausgelassen: sie gehören zu Fotos.</numerusform>
        </translation>
    </message>
    <message>
        <source>About ACSeg Desktop</source>
        <translation>Über ACSeg Desktop</translation>
    </message>
    <message>
        <source>Add label maps as photos</source>
        <translation>Labelkarten als Fotos hinzufügen</translation>
    </message>
    <message>
        <source>Add to the selection</source>
        <translation>Zur Auswahl hinzufügen</translation>
    </message>
    <message>
        <source>All images in the folder can be used.</source>
        <translation>Alle Bilder im Ordner sind brauchbar.</translation>
    </message>
    <message>
        <source>Alt+drag, right drag</source>
        <translation>Alt+Ziehen, rechts ziehen</translation>
    </message>
    <message>
        <source>Alt+wheel, Shift+wheel</source>
        <translation>Alt+Rad, Umschalt+Rad</translation>
    </message>
    <message>
        <source>Brush and eraser: size</source>
        <translation>Pinsel und Radierer: Größe</translation>
    </message>
    <message>
        <source>Brush and eraser: straight line</source>
        <translation>Pinsel und Radierer: gerade Linie</translation>
    </message>
    <message>
        <source>Brush erases, eraser paints</source>
        <translation>Pinsel radiert, Radierer malt</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>Click</source>
        <translation>Klick</translation>
    </message>
    <message>
        <source>Click, right click</source>
        <translation>Klick, Rechtsklick</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Ctrl+A</source>
        <translation>Strg+A</translation>
    </message>
    <message>
        <source>Ctrl/Shift+click</source>
        <translation>Strg/Umschalt+Klick</translation>
    </message>
    <message>
        <source>Drag</source>
        <translation>Ziehen</translation>
    </message>
    <message>
        <source>Drag a box</source>
        <translation>Rahmen ziehen</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Greyed-out actions are not available right now.</source>
        <translation>Ausgegraute Aktionen sind zurzeit nicht möglich.</translation>
    </message>
    <message>
        <source>In the concept browser</source>
        <translation>In der Konzeptübersicht</translation>
    </message>
    <message>
        <source>Middle drag, Space+drag</source>
        <translation>Mit mittlerer Taste oder Leertaste ziehen</translation>
    </message>
    <message>
        <source>Mouse</source>
        <translation>Maus</translation>
    </message>
    <message>
        <source>Next cluster, its regions</source>
        <translation>Nächster Cluster, seine Regionen</translation>
    </message>
    <message>
        <source>No file was skipped</source>
        <translation>Keine Datei übergangen</translation>
    </message>
    <message>
        <source>Pan</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>Polygon: draw freely</source>
        <translation>Polygon: frei zeichnen</translation>
    </message>
    <message>
        <source>Python {python}, Qt {qt}, icons: Material Design Icons</source>
        <translation>Python {python}, Qt {qt}, Symbole: Material Design Icons</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Segmentation labels for photos that have none: a frozen vision transformer (DINOv2) and the Adaptive Concept Generator (ACSeg, CVPR 2023) propose regions; you merge, name and export them.</source>
        <translation>Segmentierungslabels für Fotos, die noch keine haben: Ein vortrainierter Vision Transformer (DINOv2) und der Adaptive Concept Generator (ACSeg, CVPR 2023) schlagen Regionen vor; von Hand werden sie verbunden, benannt und exportiert.</translation>
    </message>
    <message>
        <source>Select a region</source>
        <translation>Region auswählen</translation>
    </message>
    <message>
        <source>Select more</source>
        <translation>Mehr auswählen</translation>
    </message>
    <message>
        <source>Select several</source>
        <translation>Mehrere auswählen</translation>
    </message>
    <message>
        <source>Select the whole cluster</source>
        <translation>Ganzen Cluster auswählen</translation>
    </message>
    <message>
        <source>Shift+arrows, Ctrl+click</source>
        <translation>Umschalt+Pfeile, Strg+Klick</translation>
    </message>
    <message>
        <source>Shift+click</source>
        <translation>Umschalt+Klick</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Show all regions of a cluster</source>
        <translation>Alle Regionen eines Clusters zeigen</translation>
    </message>
    <message>
        <source>Skipped files</source>
        <translation>Übergangene Dateien</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Split by clicks: add, remove</source>
        <translation>Durch Klicks teilen: dazu, weg</translation>
    </message>
    <message>
        <source>These files in the image folder cannot be used; fix or replace them, then rescan the folder.</source>
        <translation>Diese Dateien im Bilderordner sind nicht brauchbar; reparieren oder ersetzen, dann den Ordner neu einlesen.</translation>
    </message>
    <message>
        <source>Version {version}, Apache License 2.0</source>
        <translation>Version {version}, Apache-Lizenz 2.0</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>Mausrad</translation>
    </message>
    <message>
        <source>Zoom at the cursor</source>
        <translation>Am Mauszeiger zoomen</translation>
    </message>
    <message>
        <source>↓, →</source>
        <translation>↓, →</translation>
    </message>
</context>
<context>
    <name>Hints</name>
    <message>
        <source>Choose a tool first</source>
        <translation>Zuerst ein Werkzeug wählen</translation>
    </message>
    <message>
        <source>Choose the brush ({brush}) first</source>
        <translation>Zuerst den Pinsel wählen ({brush})</translation>
    </message>
    <message>
        <source>First select the regions that do not belong in their cluster</source>
        <translation>Zuerst die Regionen auswählen, die nicht in ihren Cluster gehören</translation>
    </message>
    <message>
        <source>No drawing in progress</source>
        <translation>Es wird nichts gezeichnet</translation>
    </message>
    <message>
        <source>No image is open</source>
        <translation>Kein Bild ist offen</translation>
    </message>
    <message>
        <source>No name is suggested for the selection</source>
        <translation>Für die Auswahl ist kein Name vorgeschlagen</translation>
    </message>
    <message>
        <source>Open a project first</source>
        <translation>Zuerst ein Projekt öffnen</translation>
    </message>
    <message>
        <source>Open the concept browser ({browser}) first</source>
        <translation>Zuerst die Konzeptübersicht öffnen ({browser})</translation>
    </message>
    <message>
        <source>Select a cluster or regions first</source>
        <translation>Zuerst einen Cluster oder Regionen auswählen</translation>
    </message>
    <message>
        <source>Select a region first</source>
        <translation>Zuerst eine Region auswählen</translation>
    </message>
    <message>
        <source>Select only one cluster</source>
        <translation>Nur einen Cluster auswählen</translation>
    </message>
    <message>
        <source>Select only one region</source>
        <translation>Nur eine Region auswählen</translation>
    </message>
    <message>
        <source>Select two or more regions to merge them</source>
        <translation>Zum Verbinden zwei oder mehr Regionen auswählen</translation>
    </message>
    <message>
        <source>The project is open read-only</source>
        <translation>Das Projekt ist schreibgeschützt geöffnet</translation>
    </message>
    <message>
        <source>This image has no proposed regions yet; press {propose} to propose some</source>
        <translation>Für dieses Bild sind noch keine Regionen vorgeschlagen; {propose} schlägt welche vor</translation>
    </message>
    <message>
        <source>This image has no regions yet; press {propose} to propose some</source>
        <translation>Dieses Bild hat noch keine Regionen; {propose} schlägt welche vor</translation>
    </message>
    <message>
        <source>To merge clusters, select two or more by their headers (Ctrl+click or Shift+↓)</source>
        <translation>Zum Verbinden zwei oder mehr Cluster an ihren Kopfzeilen auswählen (Strg+Klick oder Umschalt+↓)</translation>
    </message>
    <message>
        <source>Wait for the running task to finish, or cancel it</source>
        <translation>Erst die laufende Aufgabe abwarten oder abbrechen</translation>
    </message>
</context>
<context>
    <name>Image comment</name>
    <message>
        <source>Comment on this image</source>
        <translation>Kommentar zu diesem Bild</translation>
    </message>
    <message>
        <source>What should others know about this image?</source>
        <translation>Was sollten andere über dieses Bild wissen?</translation>
    </message>
</context>
<context>
    <name>Image list</name>
    <message numerus="yes">
        <source>%Ln image(s)</source>
        <translation>
            <numerusform>%Ln Bild</numerusform>
            <numerusform>%Ln Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>Ascending</source>
        <translation>Aufsteigend</translation>
    </message>
    <message>
        <source>By confidence</source>
        <translation>Nach Sicherheit</translation>
    </message>
    <message>
        <source>By last change</source>
        <translation>Nach letzter Änderung</translation>
    </message>
    <message>
        <source>By learning value</source>
        <translation>Nach Lernwert</translation>
    </message>
    <message>
        <source>By path</source>
        <translation>Nach Pfad</translation>
    </message>
    <message>
        <source>By region count</source>
        <translation>Nach Zahl der Regionen</translation>
    </message>
    <message>
        <source>By status</source>
        <translation>Nach Status</translation>
    </message>
    <message>
        <source>Clear search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>Descending</source>
        <translation>Absteigend</translation>
    </message>
    <message>
        <source>File cannot be read</source>
        <translation>Datei nicht lesbar</translation>
    </message>
    <message>
        <source>File changed</source>
        <translation>Datei geändert</translation>
    </message>
    <message>
        <source>File missing</source>
        <translation>Datei fehlt</translation>
    </message>
    <message>
        <source>File missing or changed</source>
        <translation>Datei fehlt oder geändert</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Filter by status, queue or label</source>
        <translation>Nach Status, Warteschlange oder Label filtern</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Label</translation>
    </message>
    <message>
        <source>No images match.</source>
        <translation>Kein Bild passt.</translation>
    </message>
    <message>
        <source>Order of the images</source>
        <translation>Reihenfolge der Bilder</translation>
    </message>
    <message>
        <source>Order of the images, here and when reviewing</source>
        <translation>Reihenfolge der Bilder, hier und bei der Durchsicht</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Reviewed</source>
        <translation>Geprüft</translation>
    </message>
    <message>
        <source>Show regions on the thumbnails</source>
        <translation>Regionen auf den Vorschaubildern zeigen</translation>
    </message>
    <message>
        <source>Show several rows of thumbnails</source>
        <translation>Mehrere Reihen von Vorschaubildern zeigen</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>The folder contains no images.</source>
        <translation>In dem Ordner sind keine Bilder.</translation>
    </message>
    <message>
        <source>Unfinished</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Waiting for review</source>
        <translation>Zur Durchsicht</translation>
    </message>
    <message>
        <source>With a comment</source>
        <translation>Mit Kommentar</translation>
    </message>
    <message>
        <source>With suggested names</source>
        <translation>Mit vorgeschlagenen Namen</translation>
    </message>
    <message>
        <source>With unnamed regions</source>
        <translation>Mit unbenannten Regionen</translation>
    </message>
    <message numerus="yes">
        <source>{count} of %Ln image(s)</source>
        <translation>
            <numerusform>{count} von %Ln Bild</numerusform>
            <numerusform>{count} von %Ln Bildern</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} of %Ln image(s) selected</source>
        <translation>
            <numerusform>{count} von %Ln Bild ausgewählt</numerusform>
            <numerusform>{count} von %Ln Bildern ausgewählt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{named} of %Ln region(s) named</source>
        <translation>
            <numerusform>{named} von %Ln Region benannt</numerusform>
            <numerusform>{named} von %Ln Regionen benannt</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Image search</name>
    <message>
        <source>All terms must match. A minus before a term excludes it; quotes keep words together.</source>
        <translation>Alle Begriffe müssen zutreffen. Ein Minus davor schließt einen Begriff aus, Anführungszeichen halten Wörter zusammen.</translation>
    </message>
    <message>
        <source>Search images</source>
        <translation>Bilder suchen</translation>
    </message>
    <message>
        <source>Search: street label:car conf&lt;0.6</source>
        <translation>Suche: street label:car conf&lt;0.6</translation>
    </message>
    <message>
        <source>a region has one of these labels</source>
        <translation>eine Region hat eines dieser Labels</translation>
    </message>
    <message>
        <source>a region has this label</source>
        <translation>eine Region hat dieses Label</translation>
    </message>
    <message>
        <source>a suggested name is less certain than this</source>
        <translation>ein vorgeschlagener Name ist unsicherer</translation>
    </message>
    <message>
        <source>checked by a second person; also {keys}</source>
        <translation>von einer zweiten Person geprüft; auch {keys}</translation>
    </message>
    <message>
        <source>number of different labels</source>
        <translation>Anzahl verschiedener Labels</translation>
    </message>
    <message>
        <source>number of pixels; also {keys}</source>
        <translation>Anzahl der Pixel; auch {keys}</translation>
    </message>
    <message>
        <source>number of regions; also {keys}</source>
        <translation>Anzahl der Regionen; auch {keys}</translation>
    </message>
    <message>
        <source>the comment contains this</source>
        <translation>der Kommentar enthält dies</translation>
    </message>
    <message>
        <source>the path contains this</source>
        <translation>der Pfad enthält dies</translation>
    </message>
    <message>
        <source>the path does not contain this</source>
        <translation>der Pfad enthält dies nicht</translation>
    </message>
    <message>
        <source>this label is suggested for a region</source>
        <translation>dieses Label ist für eine Region vorgeschlagen</translation>
    </message>
</context>
<context>
    <name>Image status</name>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>In review</source>
        <translation>In Arbeit</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Proposed</source>
        <translation>Vorgeschlagen</translation>
    </message>
</context>
<context>
    <name>ImageCanvas</name>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Region {0} of {1}: {2}</source>
        <translation>Region {0} von {1}: {2}</translation>
    </message>
    <message>
        <source>unnamed</source>
        <translation>ohne Namen</translation>
    </message>
</context>
<context>
    <name>Images</name>
    <message numerus="yes">
        <source>%Ln image(s)</source>
        <translation>
            <numerusform>%Ln Bild</numerusform>
            <numerusform>%Ln Bilder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) removed from the project</source>
        <translation>
            <numerusform>%Ln Bild aus dem Projekt entfernt</numerusform>
            <numerusform>%Ln Bilder aus dem Projekt entfernt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) removed; undo brings (it,them) back</source>
        <translation>
            <numerusform>%Ln Bild entfernt; Rückgängig bringt es zurück</numerusform>
            <numerusform>%Ln Bilder entfernt; Rückgängig bringt sie zurück</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) restored</source>
        <translation>
            <numerusform>%Ln Bild zurückgeholt</numerusform>
            <numerusform>%Ln Bilder zurückgeholt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s): {status}</source>
        <translation>
            <numerusform>%Ln Bild: {status}</numerusform>
            <numerusform>%Ln Bilder: {status}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln path(s) copied</source>
        <translation>
            <numerusform>%Ln Pfad kopiert</numerusform>
            <numerusform>%Ln Pfade kopiert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) named as suggested</source>
        <translation>
            <numerusform>%Ln Region wie vorgeschlagen benannt</numerusform>
            <numerusform>%Ln Regionen wie vorgeschlagen benannt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) will be removed too, {named} of them named.</source>
        <translation>
            <numerusform>Auch %Ln Region wird entfernt, davon {named} benannt.</numerusform>
            <numerusform>Auch %Ln Regionen werden entfernt, davon {named} benannt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Accept all suggestions</source>
        <translation>Alle Vorschläge bestätigen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Copy paths</source>
        <translation>Pfade kopieren</translation>
    </message>
    <message>
        <source>Every image after this one is done; some before it are not ({key})</source>
        <translation>Alle Bilder nach diesem sind fertig; davor sind noch welche offen ({key})</translation>
    </message>
    <message>
        <source>Every image before this one is done; some after it are not ({key})</source>
        <translation>Alle Bilder vor diesem sind fertig; danach sind noch welche offen ({key})</translation>
    </message>
    <message>
        <source>Export only these…</source>
        <translation>Nur diese exportieren…</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>No images were removed</source>
        <translation>Es wurde kein Bild entfernt</translation>
    </message>
    <message>
        <source>No names are suggested there</source>
        <translation>Dort sind keine Namen vorgeschlagen</translation>
    </message>
    <message>
        <source>No other image in this search is unfinished; clear the search to see the rest</source>
        <translation>Kein weiteres gefundenes Bild ist offen; ohne Suche erscheinen alle</translation>
    </message>
    <message>
        <source>No other image is unfinished</source>
        <translation>Kein weiteres Bild ist offen</translation>
    </message>
    <message>
        <source>No unnamed regions</source>
        <translation>Keine Region ohne Namen</translation>
    </message>
    <message>
        <source>Propose regions</source>
        <translation>Regionen vorschlagen</translation>
    </message>
    <message>
        <source>Reading bands</source>
        <translation>Bänder werden gelesen</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>Regionen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message numerus="yes">
        <source>Remove %Ln image(s) from the project?</source>
        <translation>
            <numerusform>%Ln Bild aus dem Projekt entfernen?</numerusform>
            <numerusform>%Ln Bilder aus dem Projekt entfernen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove from project…</source>
        <translation>Aus dem Projekt entfernen…</translation>
    </message>
    <message>
        <source>Removed images</source>
        <translation>Entfernte Bilder</translation>
    </message>
    <message numerus="yes">
        <source>Restore %Ln image(s)</source>
        <translation>
            <numerusform>%Ln Bild zurückholen</numerusform>
            <numerusform>%Ln Bilder zurückholen</numerusform>
        </translation>
    </message>
    <message>
        <source>Segment from labelled images</source>
        <translation>Anhand beschrifteter Bilder segmentieren</translation>
    </message>
    <message>
        <source>Set status: {status}</source>
        <translation>Status setzen: {status}</translation>
    </message>
    <message>
        <source>The files stay where they are; undo brings the images back.</source>
        <translation>Die Dateien bleiben, wo sie sind; Rückgängig bringt die Bilder zurück.</translation>
    </message>
    <message>
        <source>Their files are still there. Restored images get their regions back.</source>
        <translation>Die Dateien sind noch da. Zurückgeholte Bilder haben ihre Regionen wieder.</translation>
    </message>
    <message>
        <source>This is the first image</source>
        <translation>Das ist das erste Bild</translation>
    </message>
    <message>
        <source>This is the last image</source>
        <translation>Das ist das letzte Bild</translation>
    </message>
    <message>
        <source>You have seen every unnamed region; {key} starts again</source>
        <translation>Jede Region ohne Namen wurde gezeigt; {key} beginnt von vorn</translation>
    </message>
    <message>
        <source>row {row}, column {column}</source>
        <translation>Zeile {row}, Spalte {column}</translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message numerus="yes">
        <source>%Ln (is,are) there already</source>
        <translation>
            <numerusform>%Ln ist schon da</numerusform>
            <numerusform>%Ln sind schon da</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln comment(s)</source>
        <translation>
            <numerusform>%Ln Kommentar</numerusform>
            <numerusform>%Ln Kommentare</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) in the file, {found} of them in this project</source>
        <translation>
            <numerusform>%Ln Bild in der Datei, davon {found} in diesem Projekt</numerusform>
            <numerusform>%Ln Bilder in der Datei, davon {found} in diesem Projekt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) meant by several names</source>
        <translation>
            <numerusform>%Ln Bild ist unter mehreren Namen gemeint</numerusform>
            <numerusform>%Ln Bilder sind unter mehreren Namen gemeint</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) of the file not in this project</source>
        <translation>
            <numerusform>%Ln Bild der Datei ist nicht in diesem Projekt</numerusform>
            <numerusform>%Ln Bilder der Datei sind nicht in diesem Projekt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) would be left alone</source>
        <translation>
            <numerusform>%Ln Bild bliebe unverändert</numerusform>
            <numerusform>%Ln Bilder blieben unverändert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label(s) added</source>
        <translation>
            <numerusform>%Ln Label hinzugefügt</numerusform>
            <numerusform>%Ln Labels hinzugefügt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label(s) changed</source>
        <translation>
            <numerusform>%Ln Label geändert</numerusform>
            <numerusform>%Ln Labels geändert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln name(s) could mean several images</source>
        <translation>
            <numerusform>%Ln Name könnte mehrere Bilder meinen</numerusform>
            <numerusform>%Ln Namen könnten mehrere Bilder meinen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new label(s)</source>
        <translation>
            <numerusform>%Ln neues Label</numerusform>
            <numerusform>%Ln neue Labels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of these images already (has,have) work of yours</source>
        <translation>
            <numerusform>An %Ln dieser Bilder wurde schon gearbeitet</numerusform>
            <numerusform>An %Ln dieser Bilder wurde schon gearbeitet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s)</source>
        <translation>
            <numerusform>%Ln Region</numerusform>
            <numerusform>%Ln Regionen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln shape(s)</source>
        <translation>
            <numerusform>%Ln Form</numerusform>
            <numerusform>%Ln Formen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln shape(s) of the first images (lies,lie) completely under others.</source>
        <translation>
            <numerusform>%Ln Form der ersten Bilder liegt vollständig unter anderen.</numerusform>
            <numerusform>%Ln Formen der ersten Bilder liegen vollständig unter anderen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Accepted names</source>
        <translation>Angenommene Namen</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <source>Cancelled; what was imported is kept. Import again to continue.</source>
        <translation>Abgebrochen; was importiert wurde, bleibt erhalten. Zum Fortsetzen noch einmal importieren.</translation>
    </message>
    <message>
        <source>Choose a file or folder, or drag it here</source>
        <translation>Datei oder Ordner wählen oder hierher ziehen</translation>
    </message>
    <message>
        <source>Choose one</source>
        <translation>Eines wählen</translation>
    </message>
    <message>
        <source>Could be</source>
        <translation>Könnte sein</translation>
    </message>
    <message>
        <source>Drag a file or folder with labels here</source>
        <translation>Datei oder Ordner mit Labels hierher ziehen</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>Dateiname</translation>
    </message>
    <message>
        <source>File name without its ending</source>
        <translation>Dateiname ohne Endung</translation>
    </message>
    <message>
        <source>File or folder</source>
        <translation>Datei oder Ordner</translation>
    </message>
    <message>
        <source>File with labels</source>
        <translation>Datei mit Labels</translation>
    </message>
    <message>
        <source>Files with labels</source>
        <translation>Dateien mit Labels</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>Datei…</translation>
    </message>
    <message>
        <source>Filter names</source>
        <translation>Namen filtern</translation>
    </message>
    <message>
        <source>Find images by</source>
        <translation>Bilder finden nach</translation>
    </message>
    <message>
        <source>First images</source>
        <translation>Erste Bilder</translation>
    </message>
    <message>
        <source>Folder with labels</source>
        <translation>Ordner mit Labels</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>Ordner…</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Images before</source>
        <translation>Vorige Bilder</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Import labels</source>
        <translation>Labels importieren</translation>
    </message>
    <message>
        <source>In the file</source>
        <translation>In der Datei</translation>
    </message>
    <message>
        <source>In the project</source>
        <translation>Im Projekt</translation>
    </message>
    <message>
        <source>Keep my work; shapes get the rest</source>
        <translation>Meine Arbeit bleibt; Formen erhalten den Rest</translation>
    </message>
    <message>
        <source>Labelled images of another tool, or a list of labels. Runs in the background; undo takes it back.</source>
        <translation>Gelabelte Bilder aus einem anderen Werkzeug oder eine Liste von Labels. Läuft im Hintergrund; lässt sich rückgängig machen.</translation>
    </message>
    <message>
        <source>Labels from field</source>
        <translation>Labels aus Feld</translation>
    </message>
    <message numerus="yes">
        <source>Labels on %Ln image(s) of this project</source>
        <translation>
            <numerusform>Labels auf %Ln Bild dieses Projekts</numerusform>
            <numerusform>Labels auf %Ln Bildern dieses Projekts</numerusform>
        </translation>
    </message>
    <message>
        <source>Labels only</source>
        <translation>Nur Labels</translation>
    </message>
    <message numerus="yes">
        <source>Labels only: %Ln name(s), {known}</source>
        <translation>
            <numerusform>Nur Labels: %Ln Name, {known}</numerusform>
            <numerusform>Nur Labels: %Ln Namen, {known}</numerusform>
        </translation>
    </message>
    <message>
        <source>Labels only: {formats}</source>
        <translation>Nur Labels: {formats}</translation>
    </message>
    <message>
        <source>Labels that are there get the colour and kind of the file.</source>
        <translation>Labels, die schon da sind, erhalten Farbe und Art aus der Datei.</translation>
    </message>
    <message>
        <source>Leave all out</source>
        <translation>Alle auslassen</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Auslassen</translation>
    </message>
    <message>
        <source>Leave the images in review</source>
        <translation>Die Bilder in Arbeit lassen</translation>
    </message>
    <message>
        <source>Leave these out</source>
        <translation>Diese auslassen</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>Next images</source>
        <translation>Nächste Bilder</translation>
    </message>
    <message>
        <source>Not used: {what}</source>
        <translation>Nicht verwendet: {what}</translation>
    </message>
    <message>
        <source>Only the first {count} are shown.</source>
        <translation>Nur die ersten {count} werden gezeigt.</translation>
    </message>
    <message>
        <source>Otherwise an image with accepted names is done</source>
        <translation>Sonst ist ein Bild mit angenommenen Namen fertig</translation>
    </message>
    <message>
        <source>Path or name, whichever fits</source>
        <translation>Pfad oder Name, was passt</translation>
    </message>
    <message>
        <source>Path with its folders</source>
        <translation>Pfad mit Ordnern</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Recognised by its content</source>
        <translation>Am Inhalt erkennen</translation>
    </message>
    <message>
        <source>Recognised: {format}</source>
        <translation>Erkannt: {format}</translation>
    </message>
    <message>
        <source>Shapes</source>
        <translation>Formen</translation>
    </message>
    <message numerus="yes">
        <source>Shapes are counted in the first %Ln image(s)</source>
        <translation>
            <numerusform>Formen sind im ersten Bild gezählt</numerusform>
            <numerusform>Formen sind in den ersten %Ln Bildern gezählt</numerusform>
        </translation>
    </message>
    <message>
        <source>Shapes take all their pixels</source>
        <translation>Formen erhalten alle ihre Pixel</translation>
    </message>
    <message>
        <source>Show the list</source>
        <translation>Die Liste zeigen</translation>
    </message>
    <message>
        <source>Show…</source>
        <translation>Zeigen…</translation>
    </message>
    <message>
        <source>Suggestions to check</source>
        <translation>Vorschläge zum Prüfen</translation>
    </message>
    <message>
        <source>Take all</source>
        <translation>Alle übernehmen</translation>
    </message>
    <message>
        <source>Take names as</source>
        <translation>Namen gelten als</translation>
    </message>
    <message>
        <source>Take these</source>
        <translation>Diese übernehmen</translation>
    </message>
    <message>
        <source>The file could not be read because of a bug in the program.</source>
        <translation>Die Datei konnte wegen eines Programmfehlers nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The later one is on top</source>
        <translation>Die spätere liegt oben</translation>
    </message>
    <message>
        <source>The smaller one is on top</source>
        <translation>Die kleinere liegt oben</translation>
    </message>
    <message>
        <source>To keep them, set “{field}” to “{choice}”.</source>
        <translation>Damit sie erhalten bleiben, „{field}“ auf „{choice}“ stellen.</translation>
    </message>
    <message>
        <source>Undo this import first.</source>
        <translation>Zuerst diesen Import rückgängig machen.</translation>
    </message>
    <message>
        <source>Where shapes overlap</source>
        <translation>Wo Formen sich überdecken</translation>
    </message>
    <message>
        <source>Where you have worked</source>
        <translation>Wo Sie gearbeitet haben</translation>
    </message>
    <message>
        <source>completely under others.</source>
        <translation>vollständig unter anderen.</translation>
    </message>
    <message numerus="yes">
        <source>in %Ln image(s)</source>
        <translation>
            <numerusform>in %Ln Bild</numerusform>
            <numerusform>in %Ln Bildern</numerusform>
        </translation>
    </message>
    <message>
        <source>new stuff</source>
        <translation>neue Fläche</translation>
    </message>
    <message>
        <source>new thing</source>
        <translation>neues Ding</translation>
    </message>
    <message>
        <source>new, ignored</source>
        <translation>neu, ignoriert</translation>
    </message>
    <message>
        <source>not in this project</source>
        <translation>nicht in diesem Projekt</translation>
    </message>
    <message>
        <source>nothing that is not there already</source>
        <translation>nichts, was nicht schon da ist</translation>
    </message>
    <message>
        <source>over your work</source>
        <translation>über eigener Arbeit</translation>
    </message>
    <message>
        <source>there already</source>
        <translation>schon da</translation>
    </message>
    <message>
        <source>without a pixel of their own</source>
        <translation>ohne eigenes Pixel</translation>
    </message>
    <message>
        <source>your work stays</source>
        <translation>eigene Arbeit bleibt</translation>
    </message>
    <message>
        <source>{first}–{last} of {count}</source>
        <translation>{first}–{last} von {count}</translation>
    </message>
    <message>
        <source>{name} is not in a known format. Choose its format above.</source>
        <translation>{name} hat kein bekanntes Format. Oben das Format wählen.</translation>
    </message>
    <message>
        <source>{name}: some of it was not imported.</source>
        <translation>{name}: Ein Teil wurde nicht importiert.</translation>
    </message>
</context>
<context>
    <name>Label form</name>
    <message>
        <source>All of their regions get this label:</source>
        <translation>Alle ihre Regionen erhalten dieses Label:</translation>
    </message>
    <message>
        <source>Another label already has that name; merge the two instead.</source>
        <translation>So heißt schon ein anderes Label; die beiden besser verbinden.</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Can be counted: car, dog, cup</source>
        <translation>Zählbar: Auto, Hund, Tasse</translation>
    </message>
    <message>
        <source>Cannot be counted: sky, grass, water</source>
        <translation>Nicht zählbar: Himmel, Gras, Wasser</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Create label</source>
        <translation>Label anlegen</translation>
    </message>
    <message>
        <source>Edit label</source>
        <translation>Label bearbeiten</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Taste</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Verbinden</translation>
    </message>
    <message numerus="yes">
        <source>Merge %Ln label(s) into one</source>
        <translation>
            <numerusform>%Ln Label zu einem verbinden</numerusform>
            <numerusform>%Ln Labels zu einem verbinden</numerusform>
        </translation>
    </message>
    <message>
        <source>Merge labels</source>
        <translation>Labels verbinden</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>New label</source>
        <translation>Neues Label</translation>
    </message>
    <message>
        <source>Next free key</source>
        <translation>Nächste freie Taste</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Stuff</source>
        <translation>Fläche</translation>
    </message>
    <message>
        <source>Supercategory</source>
        <translation>Oberkategorie</translation>
    </message>
    <message>
        <source>Thing</source>
        <translation>Ding</translation>
    </message>
    <message>
        <source>Training and scoring ignore these pixels: dirt on the lens, borders.</source>
        <translation>Training und Bewertung übergehen diese Pixel: Schmutz auf der Linse, Ränder.</translation>
    </message>
    <message>
        <source>Void: pixels to ignore</source>
        <translation>Ignorieren: Pixel, die nicht zählen</translation>
    </message>
    <message>
        <source>optional, such as animal</source>
        <translation>optional, etwa Tier</translation>
    </message>
    <message>
        <source>{key}   (now {label})</source>
        <translation>{key}   (bisher {label})</translation>
    </message>
    <message>
        <source>“{label}” loses this key.</source>
        <translation>„{label}“ verliert diese Taste.</translation>
    </message>
</context>
<context>
    <name>Label search</name>
    <message>
        <source>Create label “{name}” · stuff, not counted</source>
        <translation>Label „{name}“ anlegen · Fläche, nicht gezählt</translation>
    </message>
    <message>
        <source>Create label “{name}” · things, counted one by one</source>
        <translation>Label „{name}“ anlegen · Dinge, einzeln gezählt</translation>
    </message>
    <message>
        <source>Esc close</source>
        <translation>Esc schließen</translation>
    </message>
    <message>
        <source>Label name</source>
        <translation>Name des Labels</translation>
    </message>
    <message numerus="yes">
        <source>Name %Ln region(s)…</source>
        <translation>
            <numerusform>Region benennen…</numerusform>
            <numerusform>%Ln Regionen benennen…</numerusform>
        </translation>
    </message>
    <message>
        <source>Name the selection…</source>
        <translation>Auswahl benennen…</translation>
    </message>
    <message>
        <source>↑ ↓ choose   Enter assign   Esc close</source>
        <translation>↑ ↓ wählen   Eingabe zuweisen   Esc schließen</translation>
    </message>
</context>
<context>
    <name>Labels</name>
    <message numerus="yes">
        <source>%Ln label(s) deleted; undo brings (it,them) back</source>
        <translation>
            <numerusform>%Ln Label gelöscht; Rückgängig bringt es zurück</numerusform>
            <numerusform>%Ln Labels gelöscht; Rückgängig bringt sie zurück</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label(s) exported to {name}</source>
        <translation>
            <numerusform>%Ln Label nach {name} exportiert</numerusform>
            <numerusform>%Ln Labels nach {name} exportiert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s)</source>
        <translation>
            <numerusform>%Ln Region</numerusform>
            <numerusform>%Ln Regionen</numerusform>
        </translation>
    </message>
    <message>
        <source>ACSeg labels, with all details</source>
        <translation>ACSeg-Labels, mit allen Angaben</translation>
    </message>
    <message>
        <source>Assign to selection</source>
        <translation>Der Auswahl zuweisen</translation>
    </message>
    <message>
        <source>COCO categories</source>
        <translation>COCO-Kategorien</translation>
    </message>
    <message>
        <source>CVAT labels</source>
        <translation>CVAT-Labels</translation>
    </message>
    <message>
        <source>Change colour</source>
        <translation>Farbe ändern</translation>
    </message>
    <message>
        <source>Change colour…</source>
        <translation>Farbe ändern…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete labels</source>
        <translation>Labels löschen</translation>
    </message>
    <message>
        <source>Deleted “{name}”; undo brings it back</source>
        <translation>„{name}“ gelöscht; Rückgängig bringt es zurück</translation>
    </message>
    <message>
        <source>Edit label (F2 renames in place)</source>
        <translation>Label bearbeiten (F2 benennt direkt um)</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Bearbeiten…</translation>
    </message>
    <message>
        <source>Export labels</source>
        <translation>Labels exportieren</translation>
    </message>
    <message>
        <source>Export labels…</source>
        <translation>Labels exportieren…</translation>
    </message>
    <message>
        <source>Filter labels</source>
        <translation>Labels filtern</translation>
    </message>
    <message>
        <source>Group by supercategory</source>
        <translation>Nach Oberkategorie gruppieren</translation>
    </message>
    <message>
        <source>Import labels…</source>
        <translation>Labels importieren…</translation>
    </message>
    <message>
        <source>Import or export labels</source>
        <translation>Labels importieren oder exportieren</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>Merge labels</source>
        <translation>Labels verbinden</translation>
    </message>
    <message>
        <source>Merge…</source>
        <translation>Verbinden…</translation>
    </message>
    <message>
        <source>Move down (Alt+Down)</source>
        <translation>Nach unten (Alt+Unten)</translation>
    </message>
    <message>
        <source>Move up (Alt+Up)</source>
        <translation>Nach oben (Alt+Oben)</translation>
    </message>
    <message>
        <source>New label</source>
        <translation>Neues Label</translation>
    </message>
    <message>
        <source>No labels match.</source>
        <translation>Kein Label passt.</translation>
    </message>
    <message>
        <source>No labels yet.
Select a region and press {key} to name it,
or add a label here.</source>
        <translation>Noch keine Labels.
Eine Region auswählen und mit {key} benennen
oder hier ein Label anlegen.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Sonstige</translation>
    </message>
    <message>
        <source>Plain text, one name per line</source>
        <translation>Text, ein Name je Zeile</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Show images with this label</source>
        <translation>Bilder mit diesem Label zeigen</translation>
    </message>
    <message>
        <source>Stuff</source>
        <translation>Fläche</translation>
    </message>
    <message>
        <source>Supercategory</source>
        <translation>Oberkategorie</translation>
    </message>
    <message>
        <source>Thing</source>
        <translation>Ding</translation>
    </message>
    <message>
        <source>Things are counted one by one, stuff is not. Click the word to change it.</source>
        <translation>Dinge werden einzeln gezählt, Flächen nicht. Ein Klick auf das Wort ändert es.</translation>
    </message>
    <message>
        <source>Void: ignored in training and scoring</source>
        <translation>Ignorieren: zählt nicht bei Training und Bewertung</translation>
    </message>
    <message>
        <source>YOLO data.yaml</source>
        <translation>YOLO data.yaml</translation>
    </message>
    <message numerus="yes">
        <source>in %Ln image(s)</source>
        <translation>
            <numerusform>in %Ln Bild</numerusform>
            <numerusform>in %Ln Bildern</numerusform>
        </translation>
    </message>
    <message>
        <source>labelme labels.txt</source>
        <translation>labels.txt von labelme</translation>
    </message>
    <message>
        <source>not used yet</source>
        <translation>noch nicht verwendet</translation>
    </message>
    <message>
        <source>stuff</source>
        <translation>Fläche</translation>
    </message>
    <message>
        <source>thing</source>
        <translation>Ding</translation>
    </message>
    <message>
        <source>void</source>
        <translation>ignorieren</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Einzelheiten kopieren</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
</context>
<context>
    <name>MiniMap</name>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message numerus="yes">
        <source>%Ln image(s) with your work left unchanged</source>
        <translation>
            <numerusform>%Ln Bild mit eigener Arbeit unverändert</numerusform>
            <numerusform>%Ln Bilder mit eigener Arbeit unverändert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln kept aside</source>
        <translation>
            <numerusform>%Ln zurückgehalten</numerusform>
            <numerusform>%Ln zurückgehalten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln learned from</source>
        <translation>
            <numerusform>aus %Ln gelernt</numerusform>
            <numerusform>aus %Ln gelernt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln name(s) carried over</source>
        <translation>
            <numerusform>%Ln Name übernommen</numerusform>
            <numerusform>%Ln Namen übernommen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s)</source>
        <translation>
            <numerusform>%Ln Region</numerusform>
            <numerusform>%Ln Regionen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Better on {better} of %Ln image(s).</source>
        <translation>
            <numerusform>Auf {better} von %Ln Bild besser.</numerusform>
            <numerusform>Auf {better} von %Ln Bildern besser.</numerusform>
        </translation>
    </message>
    <message>
        <source>Bundled</source>
        <translation>Mitgeliefert</translation>
    </message>
    <message>
        <source>Comparison…</source>
        <translation>Vergleich…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete the model “{name}”?</source>
        <translation>Das Modell „{name}“ löschen?</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message>
        <source>Fits accepted</source>
        <translation>Trifft Angenommenes</translation>
    </message>
    <message>
        <source>Give the model a name.</source>
        <translation>Das Modell braucht einen Namen.</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Images whose regions this model proposed</source>
        <translation>Bilder, deren Regionen dieses Modell vorgeschlagen hat</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>Wird verwendet</translation>
    </message>
    <message numerus="yes">
        <source>It proposed regions in %Ln image(s); they stay as they are.</source>
        <translation>
            <numerusform>Es hat Regionen in %Ln Bild vorgeschlagen; sie bleiben, wie sie sind.</numerusform>
            <numerusform>Es hat Regionen in %Ln Bildern vorgeschlagen; sie bleiben, wie sie sind.</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Learned</source>
        <translation>Gelernt</translation>
    </message>
    <message>
        <source>Made from</source>
        <translation>Gemacht aus</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>New proposals will come from the bundled model.</source>
        <translation>Neue Vorschläge kommen dann vom mitgelieferten Modell.</translation>
    </message>
    <message>
        <source>No gain here: keep the bundled model.</source>
        <translation>Hier kein Gewinn: das mitgelieferte Modell behalten.</translation>
    </message>
    <message>
        <source>No model trained on your images yet. Training takes minutes, needs no labels, and can be undone.</source>
        <translation>Noch ist kein Modell mit eigenen Bildern trainiert. Das dauert Minuten, braucht keine Labels und lässt sich rückgängig machen.</translation>
    </message>
    <message>
        <source>No names carried over</source>
        <translation>Keine Namen übernommen</translation>
    </message>
    <message>
        <source>Nothing in this project was made by it.</source>
        <translation>In diesem Projekt stammt nichts von ihm.</translation>
    </message>
    <message>
        <source>Proposing with “{name}” was interrupted: some images still have their old regions.</source>
        <translation>Vorschlagen mit „{name}“ wurde unterbrochen: Einige Bilder haben noch ihre alten Regionen.</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>Regionen</translation>
    </message>
    <message>
        <source>Regions in the project that this model proposed</source>
        <translation>Regionen im Projekt, die dieses Modell vorgeschlagen hat</translation>
    </message>
    <message>
        <source>Regions per image</source>
        <translation>Regionen je Bild</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Rename model</source>
        <translation>Modell umbenennen</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen…</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Steady</source>
        <translation>Beständig</translation>
    </message>
    <message>
        <source>There is a model of this name already. Choose another one.</source>
        <translation>Ein Modell mit diesem Namen gibt es schon. Einen anderen wählen.</translation>
    </message>
    <message>
        <source>Too few images were kept aside to say whether it is better.</source>
        <translation>Zu wenige Bilder wurden zurückgehalten, um zu sagen, ob es besser ist.</translation>
    </message>
    <message>
        <source>Train on my images…</source>
        <translation>Mit meinen Bildern trainieren…</translation>
    </message>
    <message>
        <source>Trained</source>
        <translation>Trainiert</translation>
    </message>
    <message>
        <source>Use this model</source>
        <translation>Dieses Modell verwenden</translation>
    </message>
    <message numerus="yes">
        <source>Worse on {worse} of %Ln image(s): keep the bundled model.</source>
        <translation>
            <numerusform>Auf {worse} von %Ln Bild schlechter: das mitgelieferte Modell behalten.</numerusform>
            <numerusform>Auf {worse} von %Ln Bildern schlechter: das mitgelieferte Modell behalten.</numerusform>
        </translation>
    </message>
    <message>
        <source>how regions are joined</source>
        <translation>wie Regionen verbunden werden</translation>
    </message>
    <message numerus="yes">
        <source>in %Ln image(s) proposed again</source>
        <translation>
            <numerusform>in %Ln Bild neu vorgeschlagen</numerusform>
            <numerusform>in %Ln Bildern neu vorgeschlagen</numerusform>
        </translation>
    </message>
    <message>
        <source>photographs of many kinds; comes with the program</source>
        <translation>Fotos vieler Art; gehört zum Programm</translation>
    </message>
    <message>
        <source>recurring concepts</source>
        <translation>wiederkehrende Konzepte</translation>
    </message>
    <message>
        <source>what belongs together</source>
        <translation>was zusammengehört</translation>
    </message>
    <message>
        <source>{name}, in use</source>
        <translation>{name}, wird verwendet</translation>
    </message>
    <message>
        <source>{when}, in {time}</source>
        <translation>{when}, in {time}</translation>
    </message>
</context>
<context>
    <name>Moved file</name>
    <message>
        <source>Files with the same picture</source>
        <translation>Dateien mit demselben Bild</translation>
    </message>
    <message>
        <source>Moved image</source>
        <translation>Verschobenes Bild</translation>
    </message>
    <message numerus="yes">
        <source>Skip (%Ln more)</source>
        <translation>
            <numerusform>Überspringen (noch %Ln)</numerusform>
            <numerusform>Überspringen (noch %Ln)</numerusform>
        </translation>
    </message>
    <message>
        <source>The image is no longer there. These files contain the same picture, pixel for pixel. The one you choose gets its regions, its history and the time spent on it.</source>
        <translation>Dort ist das Bild nicht mehr. Diese Dateien enthalten Pixel für Pixel dasselbe. Die gewählte Datei bekommt seine Regionen, seinen Verlauf und die Zeit, die daran gearbeitet wurde.</translation>
    </message>
    <message>
        <source>Use this file</source>
        <translation>Diese Datei verwenden</translation>
    </message>
    <message>
        <source>Where is {path} now?</source>
        <translation>Wo ist {path} jetzt?</translation>
    </message>
</context>
<context>
    <name>New project</name>
    <message numerus="yes">
        <source>%Ln folder(s) of thumbnails or deleted files left out</source>
        <translation>
            <numerusform>%Ln Ordner mit Vorschaubildern oder gelöschten Dateien ausgelassen</numerusform>
            <numerusform>%Ln Ordner mit Vorschaubildern oder gelöschten Dateien ausgelassen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) found</source>
        <translation>
            <numerusform>%Ln Bild gefunden</numerusform>
            <numerusform>%Ln Bilder gefunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln in an unsupported format</source>
        <translation>
            <numerusform>%Ln in einem nicht unterstützten Format</numerusform>
            <numerusform>%Ln in einem nicht unterstützten Format</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label map(s) left out</source>
        <translation>
            <numerusform>%Ln Labelkarte ausgelassen</numerusform>
            <numerusform>%Ln Labelkarten ausgelassen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them label map(s)</source>
        <translation>
            <numerusform>davon %Ln Labelkarte</numerusform>
            <numerusform>davon %Ln Labelkarten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln scene(s)</source>
        <translation>
            <numerusform>%Ln Szene</numerusform>
            <numerusform>%Ln Szenen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln tile(s) of about {side} px</source>
        <translation>
            <numerusform>%Ln Kachel von etwa {side} px</numerusform>
            <numerusform>%Ln Kacheln von etwa {side} px</numerusform>
        </translation>
    </message>
    <message>
        <source>A new project from a folder of photos</source>
        <translation>Neues Projekt aus einem Fotoordner</translation>
    </message>
    <message>
        <source>A small folder for names and regions. The photos stay where they are.</source>
        <translation>Ein kleiner Ordner für Namen und Regionen. Die Fotos bleiben, wo sie sind.</translation>
    </message>
    <message>
        <source>Add label maps as photos too</source>
        <translation>Auch Labelkarten als Fotos hinzufügen</translation>
    </message>
    <message>
        <source>Choose the folder with your photos.</source>
        <translation>Den Ordner mit den Fotos wählen.</translation>
    </message>
    <message>
        <source>Create project</source>
        <translation>Projekt anlegen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>Neues Projekt</translation>
    </message>
    <message>
        <source>Photo folder</source>
        <translation>Fotoordner</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>Project folder</source>
        <translation>Projektordner</translation>
    </message>
    <message>
        <source>Project name</source>
        <translation>Projektname</translation>
    </message>
    <message>
        <source>Scene file…</source>
        <translation>Szenendatei…</translation>
    </message>
    <message>
        <source>Scenes need the package rasterio, which is not installed: {command}</source>
        <translation>Szenen brauchen das Paket rasterio, das nicht installiert ist: {command}</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Wird durchsucht…</translation>
    </message>
    <message>
        <source>That folder already contains a project; open it or choose another folder.</source>
        <translation>In diesem Ordner ist schon ein Projekt; es öffnen oder einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>That folder cannot be read: {error}</source>
        <translation>Der Ordner lässt sich nicht lesen: {error}</translation>
    </message>
    <message numerus="yes">
        <source>That folder contains no images in a supported format; convert %Ln image(s) to PNG or JPEG.</source>
        <translation>
            <numerusform>In diesem Ordner liegen keine Bilder in einem unterstützten Format; %Ln Bild in PNG oder JPEG umwandeln.</numerusform>
            <numerusform>In diesem Ordner liegen keine Bilder in einem unterstützten Format; %Ln Bilder in PNG oder JPEG umwandeln.</numerusform>
        </translation>
    </message>
    <message>
        <source>That folder contains no images.</source>
        <translation>In diesem Ordner sind keine Bilder.</translation>
    </message>
    <message>
        <source>The project folder is a file; choose another place.</source>
        <translation>Der Projektordner ist eine Datei; einen anderen Ort wählen.</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Choose one of the answers above the photo: {keys}</source>
        <translation>Eine der Antworten über dem Foto wählen: {keys}</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
</context>
<context>
    <name>Numbers</name>
    <message>
        <source>{number}%</source>
        <translation>{number} %</translation>
    </message>
</context>
<context>
    <name>Operations</name>
    <message>
        <source>Accept changed images</source>
        <translation>Geänderte Bilder annehmen</translation>
    </message>
    <message>
        <source>Accept image</source>
        <translation>Bild bestätigen</translation>
    </message>
    <message>
        <source>Accept suggestions</source>
        <translation>Vorschläge bestätigen</translation>
    </message>
    <message>
        <source>Add images</source>
        <translation>Bilder hinzufügen</translation>
    </message>
    <message>
        <source>Adopt model</source>
        <translation>Modell übernehmen</translation>
    </message>
    <message>
        <source>Change bands</source>
        <translation>Bänder ändern</translation>
    </message>
    <message>
        <source>Change granularity</source>
        <translation>Feinheit ändern</translation>
    </message>
    <message>
        <source>Change label</source>
        <translation>Label ändern</translation>
    </message>
    <message>
        <source>Change labels</source>
        <translation>Labels ändern</translation>
    </message>
    <message>
        <source>Check images</source>
        <translation>Bilder prüfen</translation>
    </message>
    <message>
        <source>Clear suggestions</source>
        <translation>Vorschläge löschen</translation>
    </message>
    <message>
        <source>Cluster regions</source>
        <translation>Regionen gruppieren</translation>
    </message>
    <message>
        <source>Comment on image</source>
        <translation>Bild kommentieren</translation>
    </message>
    <message>
        <source>Copy labels</source>
        <translation>Labels übernehmen</translation>
    </message>
    <message>
        <source>Correct names</source>
        <translation>Namen berichtigen</translation>
    </message>
    <message>
        <source>Create label</source>
        <translation>Label anlegen</translation>
    </message>
    <message>
        <source>Create labels</source>
        <translation>Labels anlegen</translation>
    </message>
    <message>
        <source>Cut region</source>
        <translation>Region zerschneiden</translation>
    </message>
    <message>
        <source>Decline suggestions</source>
        <translation>Vorschläge ablehnen</translation>
    </message>
    <message>
        <source>Delete label</source>
        <translation>Label löschen</translation>
    </message>
    <message>
        <source>Delete labels</source>
        <translation>Labels löschen</translation>
    </message>
    <message>
        <source>Dissolve region</source>
        <translation>Region auflösen</translation>
    </message>
    <message>
        <source>Draw region</source>
        <translation>Region zeichnen</translation>
    </message>
    <message>
        <source>Drop from cluster</source>
        <translation>Aus Cluster nehmen</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Radieren</translation>
    </message>
    <message>
        <source>Fill holes</source>
        <translation>Löcher füllen</translation>
    </message>
    <message>
        <source>Give to neighbour</source>
        <translation>Dem Nachbarn geben</translation>
    </message>
    <message>
        <source>Group regions</source>
        <translation>Regionen gruppieren</translation>
    </message>
    <message>
        <source>Grow region</source>
        <translation>Region vergrößern</translation>
    </message>
    <message>
        <source>Import labelled images</source>
        <translation>Beschriftete Bilder importieren</translation>
    </message>
    <message>
        <source>Import labels</source>
        <translation>Labels importieren</translation>
    </message>
    <message>
        <source>Keep names</source>
        <translation>Namen behalten</translation>
    </message>
    <message>
        <source>Keep together</source>
        <translation>Zusammen lassen</translation>
    </message>
    <message>
        <source>Mark as not reviewed</source>
        <translation>Als nicht geprüft markieren</translation>
    </message>
    <message>
        <source>Mark as reviewed</source>
        <translation>Als geprüft markieren</translation>
    </message>
    <message>
        <source>Mark as void</source>
        <translation>Als ignoriert markieren</translation>
    </message>
    <message>
        <source>Mark image as done</source>
        <translation>Bild als fertig markieren</translation>
    </message>
    <message>
        <source>Merge clusters</source>
        <translation>Cluster verbinden</translation>
    </message>
    <message>
        <source>Merge into neighbour</source>
        <translation>Mit Nachbarn verbinden</translation>
    </message>
    <message>
        <source>Merge labels</source>
        <translation>Labels verbinden</translation>
    </message>
    <message>
        <source>Merge parts</source>
        <translation>Teile einbringen</translation>
    </message>
    <message>
        <source>Merge regions</source>
        <translation>Regionen verbinden</translation>
    </message>
    <message>
        <source>Merge upwards</source>
        <translation>Nach oben verbinden</translation>
    </message>
    <message>
        <source>Merge with sibling</source>
        <translation>Mit Gegenstück verbinden</translation>
    </message>
    <message>
        <source>Move images</source>
        <translation>Bilder verschieben</translation>
    </message>
    <message>
        <source>Move label</source>
        <translation>Label verschieben</translation>
    </message>
    <message>
        <source>Move labels</source>
        <translation>Labels verschieben</translation>
    </message>
    <message>
        <source>Name cluster</source>
        <translation>Cluster benennen</translation>
    </message>
    <message>
        <source>Name regions</source>
        <translation>Regionen benennen</translation>
    </message>
    <message>
        <source>Paint</source>
        <translation>Malen</translation>
    </message>
    <message>
        <source>Propose</source>
        <translation>Vorschlagen</translation>
    </message>
    <message>
        <source>Propose regions</source>
        <translation>Regionen vorschlagen</translation>
    </message>
    <message>
        <source>Recolour labels</source>
        <translation>Labels umfärben</translation>
    </message>
    <message>
        <source>Reject regions</source>
        <translation>Regionen verwerfen</translation>
    </message>
    <message>
        <source>Relocate images</source>
        <translation>Bilder neu zuordnen</translation>
    </message>
    <message>
        <source>Remove from cluster</source>
        <translation>Aus Cluster entfernen</translation>
    </message>
    <message>
        <source>Remove images</source>
        <translation>Bilder entfernen</translation>
    </message>
    <message>
        <source>Remove name</source>
        <translation>Namen entfernen</translation>
    </message>
    <message>
        <source>Rename regions</source>
        <translation>Regionen umbenennen</translation>
    </message>
    <message>
        <source>Restore images</source>
        <translation>Bilder zurückholen</translation>
    </message>
    <message>
        <source>Revoke review</source>
        <translation>Prüfung zurücknehmen</translation>
    </message>
    <message>
        <source>Segment from labelled images</source>
        <translation>Anhand beschrifteter Bilder segmentieren</translation>
    </message>
    <message>
        <source>Set image status</source>
        <translation>Bildstatus setzen</translation>
    </message>
    <message>
        <source>Shrink region</source>
        <translation>Region verkleinern</translation>
    </message>
    <message>
        <source>Smooth outline</source>
        <translation>Umriss glätten</translation>
    </message>
    <message>
        <source>Split cluster</source>
        <translation>Cluster teilen</translation>
    </message>
    <message>
        <source>Split into parts</source>
        <translation>In Teile zerlegen</translation>
    </message>
    <message>
        <source>Split region</source>
        <translation>Region teilen</translation>
    </message>
    <message>
        <source>Suggest names</source>
        <translation>Namen vorschlagen</translation>
    </message>
    <message>
        <source>Suggest partition</source>
        <translation>Aufteilung vorschlagen</translation>
    </message>
    <message>
        <source>Take back images</source>
        <translation>Bilder zurückholen</translation>
    </message>
    <message>
        <source>Use changed files</source>
        <translation>Geänderte Dateien verwenden</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>Accepting an image asks about suggested names below this confidence.</source>
        <translation>Beim Bestätigen eines Bilds wird nach vorgeschlagenen Namen unter dieser Sicherheit gefragt.</translation>
    </message>
    <message>
        <source>Ask about names below</source>
        <translation>Nachfragen bei Namen unter</translation>
    </message>
    <message>
        <source>Changes apply immediately.</source>
        <translation>Änderungen gelten sofort.</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Device for models</source>
        <translation>Gerät für Modelle</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Match system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Match system ({language})</source>
        <translation>Wie das System ({language})</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Restart window</source>
        <translation>Fenster neu starten</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Schriftgröße</translation>
    </message>
    <message>
        <source>The language changes when the window restarts. Your edits are saved. Running tasks are cancelled; finished work is kept.</source>
        <translation>Die Sprache wechselt, wenn das Fenster neu startet. Änderungen sind gespeichert. Laufende Aufgaben werden abgebrochen; Fertiges bleibt.</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
</context>
<context>
    <name>Project</name>
    <message numerus="yes">
        <source>%Ln edit(s) removed from the history, {size} freed</source>
        <translation>
            <numerusform>%Ln Bearbeitung aus dem Verlauf entfernt, {size} freigegeben</numerusform>
            <numerusform>%Ln Bearbeitungen aus dem Verlauf entfernt, {size} freigegeben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) could not be used; the others were added.</source>
        <translation>
            <numerusform>%Ln Datei war nicht brauchbar; die übrigen wurden hinzugefügt.</numerusform>
            <numerusform>%Ln Dateien waren nicht brauchbar; die übrigen wurden hinzugefügt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln folder(s) of thumbnails or deleted files left out.</source>
        <translation>
            <numerusform>%Ln Ordner mit Vorschaubildern oder gelöschten Dateien wurde ausgelassen.</numerusform>
            <numerusform>%Ln Ordner mit Vorschaubildern oder gelöschten Dateien wurden ausgelassen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) (has,have) changed since being added.</source>
        <translation>
            <numerusform>%Ln Bild hat sich seit dem Hinzufügen geändert.</numerusform>
            <numerusform>%Ln Bilder haben sich seit dem Hinzufügen geändert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) (is,are) missing.</source>
        <translation>
            <numerusform>%Ln Bild fehlt.</numerusform>
            <numerusform>%Ln Bilder fehlen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) (was,were) moved; (its,their) regions moved with (it,them).</source>
        <translation>
            <numerusform>%Ln Bild wurde verschoben; seine Regionen sind mitgekommen.</numerusform>
            <numerusform>%Ln Bilder wurden verschoben; ihre Regionen sind mitgekommen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) can no longer be read.</source>
        <translation>
            <numerusform>%Ln Bild lässt sich nicht mehr lesen.</numerusform>
            <numerusform>%Ln Bilder lassen sich nicht mehr lesen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) found and checked</source>
        <translation>
            <numerusform>%Ln Bild gefunden und geprüft</numerusform>
            <numerusform>%Ln Bilder gefunden und geprüft</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label map(s) left out</source>
        <translation>
            <numerusform>%Ln Labelkarte ausgelassen</numerusform>
            <numerusform>%Ln Labelkarten ausgelassen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label map(s) left out: (it,they) (belongs,belong) to photos.</source>
        <translation>
            <numerusform>%Ln Labelkarte ausgelassen: sie gehört zu einem Foto.</numerusform>
            <numerusform>%Ln Labelkarten ausgelassen: sie gehören zu Fotos.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln missing image(s) may have been renamed: choose the right file.</source>
        <translation>
            <numerusform>%Ln fehlendes Bild heißt jetzt vielleicht anders: die richtige Datei wählen.</numerusform>
            <numerusform>%Ln fehlende Bilder heißen jetzt vielleicht anders: die richtige Datei wählen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new image(s)</source>
        <translation>
            <numerusform>%Ln neues Bild</numerusform>
            <numerusform>%Ln neue Bilder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) ready. Next: let the model propose regions for you to merge and name.</source>
        <translation>
            <numerusform>%Ln Foto ist bereit. Nächster Schritt: das Modell Regionen vorschlagen lassen, dann verbinden und benennen.</numerusform>
            <numerusform>%Ln Fotos sind bereit. Nächster Schritt: das Modell Regionen vorschlagen lassen, dann verbinden und benennen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s), {size}, will be copied to {folder}, where the photos of this project are. The originals stay where they are.</source>
        <translation>
            <numerusform>%Ln Foto, {size}, wird nach {folder} kopiert, wo die Fotos dieses Projekts liegen. Das Original bleibt, wo es ist.</numerusform>
            <numerusform>%Ln Fotos, {size}, werden nach {folder} kopiert, wo die Fotos dieses Projekts liegen. Die Originale bleiben, wo sie sind.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add %Ln photo(s)?</source>
        <translation>
            <numerusform>%Ln Foto hinzufügen?</numerusform>
            <numerusform>%Ln Fotos hinzufügen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Add a folder of photos</source>
        <translation>Ordner mit Fotos hinzufügen</translation>
    </message>
    <message>
        <source>Add photos</source>
        <translation>Fotos hinzufügen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Copy and add</source>
        <translation>Kopieren und hinzufügen</translation>
    </message>
    <message>
        <source>New project…</source>
        <translation>Neues Projekt…</translation>
    </message>
    <message>
        <source>No project found</source>
        <translation>Kein Projekt gefunden</translation>
    </message>
    <message numerus="yes">
        <source>Only the first page of %Ln file(s) is used.</source>
        <translation>
            <numerusform>Von %Ln Datei wird nur die erste Seite verwendet.</numerusform>
            <numerusform>Von %Ln Dateien wird nur die erste Seite verwendet.</numerusform>
        </translation>
    </message>
    <message>
        <source>Open project</source>
        <translation>Projekt öffnen</translation>
    </message>
    <message>
        <source>Opened read-only: you can view and export, but not change anything.</source>
        <translation>Schreibgeschützt geöffnet: Ansehen und Exportieren geht, Ändern nicht.</translation>
    </message>
    <message>
        <source>Propose regions…</source>
        <translation>Regionen vorschlagen…</translation>
    </message>
    <message>
        <source>Regions are kept, but not shown on a changed picture.</source>
        <translation>Regionen bleiben erhalten, erscheinen aber nicht auf einem geänderten Bild.</translation>
    </message>
    <message>
        <source>Relocate…</source>
        <translation>Neu zuordnen…</translation>
    </message>
    <message>
        <source>Show…</source>
        <translation>Zeigen…</translation>
    </message>
    <message>
        <source>This project was copied together with its photos. It now uses the copies, not the photos in {folder}.</source>
        <translation>Dieses Projekt wurde mit seinen Fotos kopiert: Es verwendet jetzt die Kopien, nicht mehr die Fotos in {folder}.</translation>
    </message>
    <message>
        <source>Use the changed file</source>
        <translation>Geänderte Datei verwenden</translation>
    </message>
    <message>
        <source>Use the changed file?</source>
        <translation>Geänderte Datei verwenden?</translation>
    </message>
    <message>
        <source>Use the changed file…</source>
        <translation>Geänderte Datei verwenden…</translation>
    </message>
    <message>
        <source>Where are the images now?</source>
        <translation>Wo sind die Bilder jetzt?</translation>
    </message>
    <message>
        <source>{folder} contains no ACSeg project. Create one from the photos in it?</source>
        <translation>{folder} enthält kein ACSeg-Projekt. Eines aus den Fotos darin anlegen?</translation>
    </message>
    <message>
        <source>{name} (read-only)</source>
        <translation>{name} (schreibgeschützt)</translation>
    </message>
    <message>
        <source>{path} has changed since it was added. Its regions are kept.</source>
        <translation>{path} hat sich seit dem Hinzufügen geändert. Die Regionen bleiben erhalten.</translation>
    </message>
    <message>
        <source>{path} is missing. Its regions are kept.</source>
        <translation>{path} fehlt. Die Regionen bleiben erhalten.</translation>
    </message>
    <message>
        <source>{path} is not the image its regions were made for. Using it removes those regions; undo brings them back.</source>
        <translation>{path} ist nicht mehr das Bild, zu dem die Regionen gehören. Wird die Datei verwendet, fallen diese Regionen weg; Rückgängig bringt sie zurück.</translation>
    </message>
    <message>
        <source>{path}: {problem}. Its regions are kept.</source>
        <translation>{path}: {problem}. Die Regionen bleiben erhalten.</translation>
    </message>
</context>
<context>
    <name>Propose</name>
    <message numerus="yes">
        <source>%Ln image(s) could not be used; the others are done.</source>
        <translation>
            <numerusform>%Ln Bild war nicht brauchbar; die übrigen sind fertig.</numerusform>
            <numerusform>%Ln Bilder waren nicht brauchbar; die übrigen sind fertig.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them around labels</source>
        <translation>
            <numerusform>davon %Ln um Labels herum</numerusform>
            <numerusform>davon %Ln um Labels herum</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s)</source>
        <translation>
            <numerusform>%Ln Region</numerusform>
            <numerusform>%Ln Regionen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln with your edits left unchanged</source>
        <translation>
            <numerusform>%Ln mit eigenen Änderungen unverändert</numerusform>
            <numerusform>%Ln mit eigenen Änderungen unverändert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>(%Ln of them done)</source>
        <translation>
            <numerusform>(%Ln davon fertig)</numerusform>
            <numerusform>(%Ln davon fertig)</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancelled; finished work is kept</source>
        <translation>Abgebrochen; Fertiges bleibt erhalten</translation>
    </message>
    <message>
        <source>Keep my work</source>
        <translation>Meine Arbeit behalten</translation>
    </message>
    <message>
        <source>Nothing to do</source>
        <translation>Nichts zu tun</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Replace your work on this image?</source>
        <translation>Eigene Arbeit an diesem Bild ersetzen?</translation>
    </message>
    <message>
        <source>Show…</source>
        <translation>Zeigen…</translation>
    </message>
    <message>
        <source>You have named or merged regions of this image. New proposals replace them; undo brings them back.</source>
        <translation>Regionen dieses Bildes wurden von Hand benannt oder verbunden. Neue Vorschläge ersetzen sie; Rückgängig bringt sie zurück.</translation>
    </message>
    <message numerus="yes">
        <source>in %Ln image(s)</source>
        <translation>
            <numerusform>in %Ln Bild</numerusform>
            <numerusform>in %Ln Bildern</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Propose form</name>
    <message numerus="yes">
        <source>%Ln done image(s) (is,are) left out.</source>
        <translation>
            <numerusform>%Ln fertiges Bild wird ausgelassen.</numerusform>
            <numerusform>%Ln fertige Bilder werden ausgelassen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln done image(s) will get new proposals too.</source>
        <translation>
            <numerusform>Auch für %Ln fertiges Bild werden neue Regionen vorgeschlagen.</numerusform>
            <numerusform>Auch für %Ln fertige Bilder werden neue Regionen vorgeschlagen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) (has,have) labels but no proposals: regions are proposed around the labels.</source>
        <translation>
            <numerusform>%Ln Bild hat Labels, aber keine Vorschläge: Regionen werden um die Labels herum vorgeschlagen.</numerusform>
            <numerusform>%Ln Bilder haben Labels, aber keine Vorschläge: Regionen werden um die Labels herum vorgeschlagen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s): about {time} on this computer</source>
        <translation>
            <numerusform>%Ln Bild: etwa {time} auf diesem Rechner</numerusform>
            <numerusform>%Ln Bilder: etwa {time} auf diesem Rechner</numerusform>
        </translation>
    </message>
    <message>
        <source>ACSeg (CVPR 2023)</source>
        <translation>ACSeg (CVPR 2023)</translation>
    </message>
    <message>
        <source>ACSeg comes for the bundled backbone only. For another one, choose a model with a generator.</source>
        <translation>ACSeg gibt es nur für das mitgelieferte Backbone. Für ein anderes ein Modell mit Generator wählen.</translation>
    </message>
    <message>
        <source>All images you have not worked on yet</source>
        <translation>Alle noch nicht bearbeiteten Bilder</translation>
    </message>
    <message>
        <source>Apple GPU (MPS)</source>
        <translation>Apple-GPU (MPS)</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Backbone</source>
        <translation>Backbone</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>Ausgewogen</translation>
    </message>
    <message>
        <source>Built from</source>
        <translation>Gebildet aus</translation>
    </message>
    <message>
        <source>Bundled model</source>
        <translation>Mitgeliefertes Modell</translation>
    </message>
    <message>
        <source>Bundled: DINOv2 ViT-S/14, works offline</source>
        <translation>Mitgeliefert: DINOv2 ViT-S/14, läuft offline</translation>
    </message>
    <message>
        <source>Choose the model file (safetensors).</source>
        <translation>Die Modelldatei (safetensors) wählen.</translation>
    </message>
    <message>
        <source>Choose the weights file (safetensors).</source>
        <translation>Die Gewichtedatei wählen (safetensors).</translation>
    </message>
    <message>
        <source>Concept tree</source>
        <translation>Konzeptbaum</translation>
    </message>
    <message>
        <source>Concept tree: regions of any size, down to single pixels, as coarse or fine as you like.
ACSeg (CVPR 2023): the published method; its network finds at most five large regions per image.
You can use both in one project.</source>
        <translation>Konzeptbaum: Regionen jeder Größe, bis zum einzelnen Pixel, so grob oder fein wie gewünscht.
ACSeg (CVPR 2023): das veröffentlichte Verfahren; sein Netz findet höchstens fünf große Regionen je Bild.
Beide lassen sich in einem Projekt verwenden.</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Detailgrad</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Download by name (timm)</source>
        <translation>Nach Namen herunterladen (timm)</translation>
    </message>
    <message>
        <source>Enter the backbone&apos;s name in timm, such as vit_small_patch14_dinov2.</source>
        <translation>Den timm-Namen des Backbones eingeben, etwa vit_small_patch14_dinov2.</translation>
    </message>
    <message>
        <source>Fast: half the time, may miss small things</source>
        <translation>Schnell: halbe Zeit, Kleines kann fehlen</translation>
    </message>
    <message>
        <source>Fine: more than twice the time, for small things</source>
        <translation>Fein: mehr als doppelte Zeit, für Kleines</translation>
    </message>
    <message>
        <source>From a weights file</source>
        <translation>Aus einer Gewichtedatei</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Loading the model to estimate the time…</source>
        <translation>Modell wird geladen, um die Dauer zu schätzen…</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Verfahren</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Model file</source>
        <translation>Modelldatei</translation>
    </message>
    <message>
        <source>Models (*.safetensors)</source>
        <translation>Modelle (*.safetensors)</translation>
    </message>
    <message>
        <source>Models are trained with Tools ▸ Train on my images.</source>
        <translation>Modelle trainiert man mit Werkzeuge ▸ Mit meinen Bildern trainieren.</translation>
    </message>
    <message>
        <source>NVIDIA or AMD GPU (CUDA)</source>
        <translation>NVIDIA- oder AMD-GPU (CUDA)</translation>
    </message>
    <message>
        <source>Only images without proposals</source>
        <translation>Nur Bilder ohne Vorschläge</translation>
    </message>
    <message>
        <source>Only the current image</source>
        <translation>Nur das aktuelle Bild</translation>
    </message>
    <message>
        <source>Other file…</source>
        <translation>Andere Datei…</translation>
    </message>
    <message>
        <source>Processor (CPU)</source>
        <translation>Prozessor (CPU)</translation>
    </message>
    <message>
        <source>Propose</source>
        <translation>Vorschlagen</translation>
    </message>
    <message>
        <source>Propose regions</source>
        <translation>Regionen vorschlagen</translation>
    </message>
    <message>
        <source>Replace regions I have named or merged (can be undone)</source>
        <translation>Von Hand benannte oder verbundene Regionen ersetzen (umkehrbar)</translation>
    </message>
    <message>
        <source>Runs in the background. You can keep working, and cancel at any time.</source>
        <translation>Läuft im Hintergrund und lässt sich jederzeit abbrechen.</translation>
    </message>
    <message>
        <source>The generator&apos;s concepts</source>
        <translation>Konzepten des Generators</translation>
    </message>
    <message>
        <source>The image&apos;s patches</source>
        <translation>Kacheln des Bildes</translation>
    </message>
    <message>
        <source>The image&apos;s pixels</source>
        <translation>Pixeln des Bildes</translation>
    </message>
    <message>
        <source>The time is measured on the first images; next time, an estimate appears here.</source>
        <translation>Die Dauer wird an den ersten Bildern gemessen; beim nächsten Mal steht hier eine Schätzung.</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>Weights (*.safetensors)</source>
        <translation>Gewichte (*.safetensors)</translation>
    </message>
    <message>
        <source>Weights file</source>
        <translation>Gewichtedatei</translation>
    </message>
    <message>
        <source>What regions are put together from. Pixels reach the smallest things; patches give softer edges,
as in earlier versions; the generator gives no more concepts than it has prototypes.</source>
        <translation>Woraus Regionen zusammengesetzt werden. Pixel erreichen die kleinsten Dinge; Kacheln geben weichere Ränder,
wie in früheren Versionen; der Generator gibt nicht mehr Konzepte, als er Prototypen hat.</translation>
    </message>
    <message>
        <source>timm name</source>
        <translation>timm-Name</translation>
    </message>
    <message>
        <source>{name} (in use)</source>
        <translation>{name} (wird verwendet)</translation>
    </message>
    <message>
        <source>{path}: no such file.</source>
        <translation>{path}: Datei nicht gefunden.</translation>
    </message>
</context>
<context>
    <name>Regions</name>
    <message numerus="yes">
        <source>%Ln part(s)</source>
        <translation>
            <numerusform>%Ln Teil</numerusform>
            <numerusform>%Ln Teile</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln part(s), one thing</source>
        <translation>
            <numerusform>%Ln Teil, ein Ding</numerusform>
            <numerusform>%Ln Teile, ein Ding</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln pixel(s)</source>
        <translation>
            <numerusform>%Ln Pixel</numerusform>
            <numerusform>%Ln Pixel</numerusform>
        </translation>
    </message>
    <message>
        <source>No image</source>
        <translation>Kein Bild</translation>
    </message>
    <message>
        <source>No regions yet.
Press {key} to propose some.</source>
        <translation>Noch keine Regionen.
{key} schlägt welche vor.</translation>
    </message>
    <message>
        <source>Region {id}: {name}, {status}, {pixels}</source>
        <translation>Region {id}: {name}, {status}, {pixels}</translation>
    </message>
    <message>
        <source>Regions of this image</source>
        <translation>Regionen dieses Bildes</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>bestätigt</translation>
    </message>
    <message>
        <source>proposed</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>verworfen</translation>
    </message>
    <message>
        <source>suggested</source>
        <translation>Vorschlag</translation>
    </message>
    <message>
        <source>unnamed</source>
        <translation>ohne Namen</translation>
    </message>
    <message>
        <source>{share} sure</source>
        <translation>{share} sicher</translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message numerus="yes">
        <source>%Ln name(s) (is,are) unsure</source>
        <translation>
            <numerusform>%Ln Name ist unsicher</numerusform>
            <numerusform>%Ln Namen sind unsicher</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) named “{name}”</source>
        <translation>
            <numerusform>%Ln Region „{name}“ benannt</numerusform>
            <numerusform>%Ln Regionen „{name}“ benannt</numerusform>
        </translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Bestätigen</translation>
    </message>
    <message>
        <source>Every image after this one is done; some before it are not ({key})</source>
        <translation>Alle Bilder nach diesem sind fertig; davor sind noch welche offen ({key})</translation>
    </message>
    <message>
        <source>Every image in this search is done</source>
        <translation>Alle gefundenen Bilder sind fertig</translation>
    </message>
    <message>
        <source>Every image is done</source>
        <translation>Alle Bilder sind fertig</translation>
    </message>
    <message>
        <source>Leave unnamed</source>
        <translation>Ohne Namen lassen</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>Marked as reviewed by a second person</source>
        <translation>Als von einer zweiten Person geprüft markiert</translation>
    </message>
    <message>
        <source>New regions will be “{label}”</source>
        <translation>Neue Regionen werden „{label}“</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nein</translation>
    </message>
    <message>
        <source>No label has the key {key}</source>
        <translation>Kein Label hat die Taste {key}</translation>
    </message>
    <message>
        <source>No label has the key {key}; press {naming} to name the selection</source>
        <translation>Kein Label hat die Taste {key}; {naming} benennt die Auswahl</translation>
    </message>
    <message>
        <source>No longer marked as reviewed</source>
        <translation>Nicht mehr als geprüft markiert</translation>
    </message>
    <message>
        <source>Nothing is named here. Mark as an image without objects?</source>
        <translation>Hier ist nichts benannt. Als Bild ohne Objekte markieren?</translation>
    </message>
    <message>
        <source>Redone: {verb}</source>
        <translation>Wiederhergestellt: {verb}</translation>
    </message>
    <message>
        <source>Select a region first</source>
        <translation>Zuerst eine Region auswählen</translation>
    </message>
    <message>
        <source>Select two or more regions to merge them</source>
        <translation>Zum Verbinden zwei oder mehr Regionen auswählen</translation>
    </message>
    <message>
        <source>The clusters are as they were after</source>
        <translation>Die Cluster sind wie nach</translation>
    </message>
    <message>
        <source>The clusters are as they were before</source>
        <translation>Die Cluster sind wie vor</translation>
    </message>
    <message>
        <source>The image is still loading</source>
        <translation>Das Bild wird noch geladen</translation>
    </message>
    <message>
        <source>This image is not done yet: accept it ({key}) before marking it as reviewed</source>
        <translation>Dieses Bild ist noch nicht fertig: erst bestätigen ({key}), dann als geprüft markieren</translation>
    </message>
    <message>
        <source>Undone: {verb}</source>
        <translation>Rückgängig gemacht: {verb}</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Ja</translation>
    </message>
    <message>
        <source>Yes, always in this project</source>
        <translation>Ja, in diesem Projekt immer</translation>
    </message>
    <message>
        <source>You will not be asked again in this project; to change that, use Image ▸ {switch}</source>
        <translation>In diesem Projekt wird nicht mehr gefragt; Bild ▸ {switch} ändert das</translation>
    </message>
</context>
<context>
    <name>Shapes</name>
    <message numerus="yes">
        <source>%Ln of these regions (has,have) several parts. Is each part a separate object?</source>
        <translation>
            <numerusform>%Ln dieser Regionen hat mehrere Teile. Ist jeder Teil ein eigenes Objekt?</numerusform>
            <numerusform>%Ln dieser Regionen haben mehrere Teile. Ist jeder Teil ein eigenes Objekt?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln part(s)</source>
        <translation>
            <numerusform>%Ln Teil</numerusform>
            <numerusform>%Ln Teile</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) marked as void</source>
        <translation>
            <numerusform>%Ln Region wird ignoriert</numerusform>
            <numerusform>%Ln Regionen werden ignoriert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) merged</source>
        <translation>
            <numerusform>%Ln Region verbunden</numerusform>
            <numerusform>%Ln Regionen verbunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) named as in the previous image</source>
        <translation>
            <numerusform>%Ln Region wie im vorigen Bild benannt</numerusform>
            <numerusform>%Ln Regionen wie im vorigen Bild benannt</numerusform>
        </translation>
    </message>
    <message>
        <source>By</source>
        <translation>Um</translation>
    </message>
    <message>
        <source>Dissolved into neighbours</source>
        <translation>In die Nachbarn aufgelöst</translation>
    </message>
    <message>
        <source>Grow</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Grow or shrink</source>
        <translation>Vergrößern oder verkleinern</translation>
    </message>
    <message>
        <source>Holes filled</source>
        <translation>Löcher gefüllt</translation>
    </message>
    <message>
        <source>Keep together</source>
        <translation>Zusammenlassen</translation>
    </message>
    <message numerus="yes">
        <source>Merge %Ln region(s) as…</source>
        <translation>
            <numerusform>%Ln Region verbinden als…</numerusform>
            <numerusform>%Ln Regionen verbinden als…</numerusform>
        </translation>
    </message>
    <message>
        <source>Merged into the most similar neighbour</source>
        <translation>Mit dem ähnlichsten Nachbarn verbunden</translation>
    </message>
    <message>
        <source>Merged into “{label}”</source>
        <translation>Mit „{label}“ verbunden</translation>
    </message>
    <message>
        <source>Move the outline on all sides</source>
        <translation>Den Umriss auf allen Seiten verschieben</translation>
    </message>
    <message>
        <source>Nothing to change</source>
        <translation>Nichts zu ändern</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <source>Shrink</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Split ({key})</source>
        <translation>Teilen ({key})</translation>
    </message>
    <message>
        <source>The outline cannot get any smoother</source>
        <translation>Glatter wird der Umriss nicht</translation>
    </message>
    <message>
        <source>There is no previous image</source>
        <translation>Es gibt kein voriges Bild</translation>
    </message>
    <message numerus="yes">
        <source>This “{label}” has %Ln part(s). Is each one a separate object?</source>
        <translation>
            <numerusform>„{label}“ besteht hier aus %Ln Teil. Ist jeder ein eigenes Objekt?</numerusform>
            <numerusform>„{label}“ besteht hier aus %Ln Teilen. Ist jeder ein eigenes Objekt?</numerusform>
        </translation>
    </message>
    <message>
        <source>px</source>
        <translation>px</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Add a key…</source>
        <translation>Taste hinzufügen…</translation>
    </message>
    <message>
        <source>Choose an action, then add or remove keys. Changes apply immediately.</source>
        <translation>Eine Aktion wählen, dann Tasten hinzufügen oder entfernen. Änderungen gelten sofort.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Keep as it is</source>
        <translation>So lassen</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Keys of “{action}”</source>
        <translation>Tasten von „{action}“</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>Labels, in the concept browser</source>
        <translation>Labels, in der Konzeptübersicht</translation>
    </message>
    <message>
        <source>Not available now</source>
        <translation>Zurzeit nicht möglich</translation>
    </message>
    <message>
        <source>Not in a menu</source>
        <translation>In keinem Menü</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Press a key… (Esc cancels)</source>
        <translation>Taste drücken… (Esc bricht ab)</translation>
    </message>
    <message>
        <source>Reassign</source>
        <translation>Neu zuweisen</translation>
    </message>
    <message>
        <source>Remove this key</source>
        <translation>Diese Taste entfernen</translation>
    </message>
    <message>
        <source>Remove {key}</source>
        <translation>{key} entfernen</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Alle zurücksetzen</translation>
    </message>
    <message>
        <source>Reset all actions to their default keys</source>
        <translation>Alle Aktionen auf die Standardtasten zurücksetzen</translation>
    </message>
    <message>
        <source>Reset this action to its default keys</source>
        <translation>Diese Aktion auf die Standardtasten zurücksetzen</translation>
    </message>
    <message>
        <source>Search by action or key</source>
        <translation>Nach Aktion oder Taste suchen</translation>
    </message>
    <message>
        <source>Search shortcuts</source>
        <translation>Tastenkürzel suchen</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>That key cannot be a shortcut: it moves the focus, the selection or the picture.</source>
        <translation>Diese Taste taugt nicht als Kürzel: Sie bewegt Fokus, Auswahl oder Bild.</translation>
    </message>
    <message>
        <source>{key} belongs to “{action}”, which would keep {rest}.</source>
        <translation>{key} gehört zu „{action}“; dort bliebe {rest}.</translation>
    </message>
    <message>
        <source>{key} is the only key of “{action}”, which would have none left.</source>
        <translation>{key} ist die einzige Taste von „{action}“; dort bliebe keine.</translation>
    </message>
</context>
<context>
    <name>Start page</name>
    <message>
        <source>Drop a folder of photos here</source>
        <translation>Fotoordner hierher ziehen</translation>
    </message>
    <message>
        <source>Every photo is divided into regions for you to merge, name and export. Your photos stay where they are; nothing leaves this computer.</source>
        <translation>Jedes Foto wird in Regionen geteilt, die sich verbinden, benennen und exportieren lassen. Die Fotos bleiben, wo sie sind; nichts verlässt diesen Rechner.</translation>
    </message>
    <message>
        <source>New project from photos…</source>
        <translation>Neues Projekt aus Fotos…</translation>
    </message>
    <message>
        <source>Open project…</source>
        <translation>Projekt öffnen…</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Segmentation labels for photos that have none yet</source>
        <translation>Segmentierungslabels für Fotos, die noch keine haben</translation>
    </message>
    <message>
        <source>Try the sample orthophoto</source>
        <translation>Mit einem Beispiel-Orthofoto ausprobieren</translation>
    </message>
    <message>
        <source>Try the sample photos</source>
        <translation>Mit Beispielfotos ausprobieren</translation>
    </message>
</context>
<context>
    <name>Statistics</name>
    <message numerus="yes">
        <source>%Ln action(s)</source>
        <translation>
            <numerusform>%Ln Aktion</numerusform>
            <numerusform>%Ln Aktionen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln action(s) in {time} of work so far</source>
        <translation>
            <numerusform>%Ln Aktion in {time} Arbeit bisher</numerusform>
            <numerusform>%Ln Aktionen in {time} Arbeit bisher</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) left: about {time}</source>
        <translation>
            <numerusform>noch %Ln Bild: etwa {time}</numerusform>
            <numerusform>noch %Ln Bilder: etwa {time}</numerusform>
        </translation>
    </message>
    <message>
        <source>Actions by day</source>
        <translation>Aktionen je Tag</translation>
    </message>
    <message>
        <source>Bottom: on images. Top: in the concept browser</source>
        <translation>Unten: an Bildern. Oben: in der Konzeptübersicht</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Images by status</source>
        <translation>Bilder nach Status</translation>
    </message>
    <message>
        <source>Images that took longest</source>
        <translation>Bilder mit der längsten Zeit</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>No labels yet</source>
        <translation>Noch keine Labels</translation>
    </message>
    <message>
        <source>No time recorded yet</source>
        <translation>Noch keine Zeit erfasst</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Pace</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>Bereiche</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>Bilder (*.png)</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>Regionen</translation>
    </message>
    <message>
        <source>Rules, open questions, agreements: kept with the project</source>
        <translation>Regeln, offene Fragen, Absprachen: bleiben beim Projekt</translation>
    </message>
    <message>
        <source>Save the numbers</source>
        <translation>Zahlen speichern</translation>
    </message>
    <message>
        <source>Save the numbers as a table (CSV)…</source>
        <translation>Zahlen als Tabelle speichern (CSV)…</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>Bild speichern</translation>
    </message>
    <message>
        <source>Save this view as a picture (PNG)…</source>
        <translation>Ansicht als Bild speichern (PNG)…</translation>
    </message>
    <message>
        <source>Saved {name}</source>
        <translation>{name} gespeichert</translation>
    </message>
    <message>
        <source>Shown once the first image is done while the clock runs</source>
        <translation>Erscheint, sobald das erste Bild bei laufender Uhr fertig ist</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
    <message>
        <source>Time and actions; a double-click goes to the image</source>
        <translation>Zeit und Aktionen; ein Doppelklick führt zum Bild</translation>
    </message>
    <message>
        <source>What to count for each label</source>
        <translation>Was für jedes Label gezählt wird</translation>
    </message>
    <message>
        <source>Work by day</source>
        <translation>Arbeit je Tag</translation>
    </message>
    <message>
        <source>not saved</source>
        <translation>nicht gespeichert</translation>
    </message>
    <message>
        <source>saved</source>
        <translation>gespeichert</translation>
    </message>
    <message>
        <source>{count} images per hour</source>
        <translation>{count} Bilder je Stunde</translation>
    </message>
    <message>
        <source>{share} done</source>
        <translation>{share} fertig</translation>
    </message>
    <message>
        <source>{time} and {actions} actions on each done image</source>
        <translation>{time} und {actions} Aktionen je fertigem Bild</translation>
    </message>
    <message numerus="yes">
        <source>{time} of work, %Ln image(s) done</source>
        <translation>
            <numerusform>{time} Arbeit, %Ln Bild fertig</numerusform>
            <numerusform>{time} Arbeit, %Ln Bilder fertig</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Status line</name>
    <message numerus="yes">
        <source>%Ln image(s) left: about {time}</source>
        <translation>
            <numerusform>noch %Ln Bild: etwa {time}</numerusform>
            <numerusform>noch %Ln Bilder: etwa {time}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) per hour</source>
        <translation>
            <numerusform>%Ln Bild pro Stunde</numerusform>
            <numerusform>%Ln Bilder pro Stunde</numerusform>
        </translation>
    </message>
    <message>
        <source>A done image took {time} and {actions} actions on average</source>
        <translation>Ein fertiges Bild brauchte im Schnitt {time} und {actions} Aktionen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel (finished work is kept)</source>
        <translation>Abbrechen (Fertiges bleibt erhalten)</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>Wird abgebrochen…</translation>
    </message>
    <message>
        <source>Coordinate system: {name}</source>
        <translation>Koordinatensystem: {name}</translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation>Modell wird geladen…</translation>
    </message>
    <message>
        <source>Map: {x} / {y}</source>
        <translation>Karte: {x} / {y}</translation>
    </message>
    <message>
        <source>The image&apos;s files do not say which coordinate system that is.</source>
        <translation>Die Dateien des Bildes sagen nicht, welches Koordinatensystem das ist.</translation>
    </message>
    <message>
        <source>{area} m²</source>
        <translation>{area} m²</translation>
    </message>
    <message>
        <source>{count} images per hour</source>
        <translation>{count} Bilder pro Stunde</translation>
    </message>
    <message numerus="yes">
        <source>{done} of %Ln image(s) done</source>
        <translation>
            <numerusform>{done} von %Ln Bild fertig</numerusform>
            <numerusform>{done} von %Ln Bildern fertig</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message numerus="yes">
        <source>{named} of %Ln region(s) named</source>
        <translation>
            <numerusform>{named} von %Ln Region benannt</numerusform>
            <numerusform>{named} von %Ln Regionen benannt</numerusform>
        </translation>
    </message>
    <message>
        <source>{time} in the concept browser</source>
        <translation>{time} in der Konzeptübersicht</translation>
    </message>
    <message>
        <source>{time} of work</source>
        <translation>{time} Arbeit</translation>
    </message>
    <message numerus="yes">
        <source>{time} of work, %Ln action(s):</source>
        <translation>
            <numerusform>{time} Arbeit, %Ln Aktion:</numerusform>
            <numerusform>{time} Arbeit, %Ln Aktionen:</numerusform>
        </translation>
    </message>
    <message>
        <source>{time} on images</source>
        <translation>{time} an Bildern</translation>
    </message>
    <message numerus="yes">
        <source>{time} on this image, %Ln action(s); pauses of more than a minute do not count</source>
        <translation>
            <numerusform>{time} an diesem Bild, %Ln Aktion; Pausen von mehr als einer Minute zählen nicht</numerusform>
            <numerusform>{time} an diesem Bild, %Ln Aktionen; Pausen von mehr als einer Minute zählen nicht</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Suggestions</name>
    <message numerus="yes">
        <source>%Ln image(s) (was,were) left unchanged.</source>
        <translation>
            <numerusform>%Ln Bild blieb unverändert.</numerusform>
            <numerusform>%Ln Bilder blieben unverändert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) could not be used; the others are done.</source>
        <translation>
            <numerusform>%Ln Bild war nicht brauchbar; die übrigen sind fertig.</numerusform>
            <numerusform>%Ln Bilder waren nicht brauchbar; die übrigen sind fertig.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label(s) deleted or merged in the meantime, no longer suggested: {names}.</source>
        <translation>
            <numerusform>%Ln Label wurde inzwischen gelöscht oder verbunden und wird nicht mehr vorgeschlagen: {names}.</numerusform>
            <numerusform>%Ln Labels wurden inzwischen gelöscht oder verbunden und werden nicht mehr vorgeschlagen: {names}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) named as suggested</source>
        <translation>
            <numerusform>%Ln Region wie vorgeschlagen benannt</numerusform>
            <numerusform>%Ln Regionen wie vorgeschlagen benannt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) with a suggested name</source>
        <translation>
            <numerusform>%Ln Region mit Namensvorschlag</numerusform>
            <numerusform>%Ln Regionen mit Namensvorschlag</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln suggestion(s) declined; undo brings (it,them) back</source>
        <translation>
            <numerusform>%Ln Vorschlag abgelehnt; Rückgängig bringt ihn zurück</numerusform>
            <numerusform>%Ln Vorschläge abgelehnt; Rückgängig bringt sie zurück</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancelled; finished work is kept</source>
        <translation>Abgebrochen; Fertiges bleibt erhalten</translation>
    </message>
    <message>
        <source>No suggestion is that confident</source>
        <translation>So sicher ist kein Vorschlag</translation>
    </message>
    <message>
        <source>No unnamed region looks like anything in the list</source>
        <translation>Keine unbenannte Region sieht aus wie etwas aus der Liste</translation>
    </message>
    <message>
        <source>Nothing to suggest: name some regions first</source>
        <translation>Nichts vorzuschlagen: zuerst einige Regionen benennen</translation>
    </message>
    <message>
        <source>Nothing to suggest: no unnamed region looks like a named one</source>
        <translation>Nichts vorzuschlagen: keine Region ohne Namen ähnelt einer benannten</translation>
    </message>
    <message>
        <source>Show…</source>
        <translation>Zeigen…</translation>
    </message>
    <message>
        <source>Suggesting names</source>
        <translation>Namen werden vorgeschlagen</translation>
    </message>
</context>
<context>
    <name>Tone</name>
    <message>
        <source>Brightness</source>
        <translation>Helligkeit</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close (keeps these settings)</source>
        <translation>Schließen (die Einstellungen bleiben)</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>Kontrast</translation>
    </message>
    <message>
        <source>Double-click to reset</source>
        <translation>Doppelklick setzt zurück</translation>
    </message>
    <message>
        <source>Gamma</source>
        <translation>Gamma</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
</context>
<context>
    <name>Tools</name>
    <message>
        <source>A line needs at least two points</source>
        <translation>Eine Linie braucht mindestens zwei Punkte</translation>
    </message>
    <message>
        <source>A polygon needs at least three points</source>
        <translation>Ein Polygon braucht mindestens drei Punkte</translation>
    </message>
    <message>
        <source>Brush size</source>
        <translation>Pinselgröße</translation>
    </message>
    <message>
        <source>Brush size ([ and ], or the wheel with Ctrl or Alt)</source>
        <translation>Pinselgröße ([ und ] oder Mausrad mit Strg oder Alt)</translation>
    </message>
    <message>
        <source>Click an object to cut it out</source>
        <translation>Ein Objekt anklicken, um es herauszuschneiden</translation>
    </message>
    <message>
        <source>Click points, or hold the button and draw</source>
        <translation>Punkte anklicken oder mit gedrückter Taste zeichnen</translation>
    </message>
    <message>
        <source>Click the object first</source>
        <translation>Zuerst das Objekt anklicken</translation>
    </message>
    <message>
        <source>Click the object · Esc cancels</source>
        <translation>Das Objekt anklicken · Esc bricht ab</translation>
    </message>
    <message>
        <source>Drag across a region, or click points</source>
        <translation>Quer über eine Region ziehen oder Punkte anklicken</translation>
    </message>
    <message>
        <source>Enter keeps it · click adds, right-click removes</source>
        <translation>Eingabe behält es · Klick fügt hinzu, Rechtsklick nimmt weg</translation>
    </message>
    <message>
        <source>Enter or double-click closes · Backspace removes a point · Esc cancels</source>
        <translation>Eingabe oder Doppelklick schließt · Rücktaste zurück · Esc bricht ab</translation>
    </message>
    <message>
        <source>Enter or double-click splits · Backspace removes a point · Esc cancels</source>
        <translation>Eingabe oder Doppelklick teilt · Rücktaste zurück · Esc bricht ab</translation>
    </message>
    <message>
        <source>Name the new region…</source>
        <translation>Die neue Region benennen…</translation>
    </message>
    <message>
        <source>Select one region to add to it, or none to draw a new one</source>
        <translation>Eine Region auswählen, um sie zu erweitern, oder keine, um eine neue zu zeichnen</translation>
    </message>
    <message>
        <source>Select one region to paint into, or none to paint a new one</source>
        <translation>Eine Region auswählen, um in sie zu malen, oder keine, um eine neue zu malen</translation>
    </message>
    <message>
        <source>Select one region to split, or none to split the one that the line crosses</source>
        <translation>Eine Region zum Teilen auswählen, oder keine, um die zu teilen, die die Linie quert</translation>
    </message>
    <message>
        <source>The image is still loading</source>
        <translation>Das Bild wird noch geladen</translation>
    </message>
    <message>
        <source>The line does not cross a region</source>
        <translation>Die Linie quert keine Region</translation>
    </message>
    <message>
        <source>The project is open read-only</source>
        <translation>Das Projekt ist schreibgeschützt geöffnet</translation>
    </message>
    <message>
        <source>There is no region to erase here</source>
        <translation>Hier ist keine Region zum Radieren</translation>
    </message>
    <message>
        <source>This outline contains no pixels</source>
        <translation>Dieser Umriss enthält keine Pixel</translation>
    </message>
    <message>
        <source>[ ] or Ctrl+wheel size · Alt erases · Shift+click line</source>
        <translation>[ ] oder Strg+Mausrad Größe · Alt radiert · Umschalt+Klick Linie</translation>
    </message>
    <message>
        <source>[ ] size · Alt paints · Shift+click line</source>
        <translation>[ ] Größe · Alt malt · Umschalt+Klick Linie</translation>
    </message>
    <message>
        <source>asks for its name</source>
        <translation>fragt nach dem Namen</translation>
    </message>
    <message>
        <source>erases from the region under the brush</source>
        <translation>radiert in der Region unter dem Pinsel</translation>
    </message>
    <message>
        <source>erases from the selected region: {label}</source>
        <translation>radiert in der ausgewählten Region: {label}</translation>
    </message>
    <message>
        <source>into the selected region: {label}</source>
        <translation>in die ausgewählte Region: {label}</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>new region: {label}</source>
        <translation>neue Region: {label}</translation>
    </message>
    <message>
        <source>px</source>
        <translation>px</translation>
    </message>
    <message>
        <source>unnamed</source>
        <translation>ohne Namen</translation>
    </message>
    <message>
        <source>{size} px</source>
        <translation>{size} px</translation>
    </message>
</context>
<context>
    <name>Training</name>
    <message numerus="yes">
        <source>%Ln image(s) could not be read.</source>
        <translation>
            <numerusform>%Ln Bild konnte nicht gelesen werden.</numerusform>
            <numerusform>%Ln Bilder konnten nicht gelesen werden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of {count} images: the model does not learn from (it,them), so (it,they) (shows,show) whether it has become any better.</source>
        <translation>
            <numerusform>%Ln von {count} Bildern: Daraus lernt das Modell nicht; so zeigt es, ob es besser geworden ist.</numerusform>
            <numerusform>%Ln von {count} Bildern: Daraus lernt das Modell nicht; so zeigen sie, ob es besser geworden ist.</numerusform>
        </translation>
    </message>
    <message>
        <source>About {time}, hardly any disk</source>
        <translation>Etwa {time}, kaum Speicherplatz</translation>
    </message>
    <message>
        <source>About {time}, {size} on disk</source>
        <translation>Etwa {time}, {size} Speicherplatz</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message numerus="yes">
        <source>All %Ln image(s)</source>
        <translation>
            <numerusform>Das eine Bild</numerusform>
            <numerusform>Alle %Ln Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>Also learns the concepts that recur in them.</source>
        <translation>Lernt auch die Konzepte, die darin wiederkehren.</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>Before and after</source>
        <translation>Vorher und nachher</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Comparing on the images kept aside</source>
        <translation>Vergleicht an den zurückgehaltenen Bildern</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Kurven</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Discard the training of “{name}”?</source>
        <translation>Das Training von „{name}“ verwerfen?</translation>
    </message>
    <message>
        <source>Divider at {share}: before on the left, after on the right. The arrow keys move it.</source>
        <translation>Trenner bei {share}: links vorher, rechts nachher. Die Pfeiltasten bewegen ihn.</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Give the model a name.</source>
        <translation>Das Modell braucht einen Namen.</translation>
    </message>
    <message>
        <source>How clearly parts of an image stand apart</source>
        <translation>Wie klar sich Teile eines Bildes abheben</translation>
    </message>
    <message>
        <source>How much better regions fit those you accepted</source>
        <translation>Wie viel besser Regionen zu den angenommenen passen</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Interrupted after {share}</source>
        <translation>Angehalten nach {share}</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Kept aside</source>
        <translation>Zurückgehalten</translation>
    </message>
    <message>
        <source>Learning how regions are joined</source>
        <translation>Lernt, wie Regionen verbunden werden</translation>
    </message>
    <message>
        <source>Learning the concepts</source>
        <translation>Lernt die Konzepte</translation>
    </message>
    <message>
        <source>Learning what belongs together</source>
        <translation>Lernt, was zusammengehört</translation>
    </message>
    <message>
        <source>Learns what belongs together in your images.</source>
        <translation>Lernt, was in den Bildern zusammengehört.</translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation>Lädt das Modell…</translation>
    </message>
    <message>
        <source>Looking at your images</source>
        <translation>Sieht die Bilder an</translation>
    </message>
    <message>
        <source>Loss (falls while it learns)</source>
        <translation>Fehler (sinkt beim Lernen)</translation>
    </message>
    <message>
        <source>Loss on the images kept aside</source>
        <translation>Fehler auf den zurückgehaltenen Bildern</translation>
    </message>
    <message>
        <source>Measuring how fast this computer is…</source>
        <translation>Misst, wie schnell dieser Rechner ist…</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Nothing is lost. Meanwhile the model can propose regions.</source>
        <translation>Nichts geht verloren. Inzwischen kann das Modell Regionen vorschlagen.</translation>
    </message>
    <message numerus="yes">
        <source>Only the %Ln image(s) selected in the list</source>
        <translation>
            <numerusform>Nur das in der Liste ausgewählte Bild</numerusform>
            <numerusform>Nur die %Ln in der Liste ausgewählten Bilder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Only the %Ln image(s) that (is,are) done</source>
        <translation>
            <numerusform>Nur das eine fertige Bild</numerusform>
            <numerusform>Nur die %Ln fertigen Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Paused after {share}</source>
        <translation>Pause nach {share}</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Progress of the training</source>
        <translation>Fortschritt des Trainings</translation>
    </message>
    <message>
        <source>Quick</source>
        <translation>Schnell</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Saving what is learned so far…</source>
        <translation>Speichert das bisher Gelernte…</translation>
    </message>
    <message>
        <source>Show comparison…</source>
        <translation>Vergleich zeigen…</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Von vorn beginnen</translation>
    </message>
    <message>
        <source>The model learns from your own images, without labels. It runs in the background, and you decide afterwards whether to use the result.</source>
        <translation>Das Modell lernt aus den eigenen Bildern, ohne Labels. Das läuft im Hintergrund; ob das Ergebnis verwendet wird, entscheidet sich danach.</translation>
    </message>
    <message>
        <source>The picture after training is not there yet.</source>
        <translation>Das Bild nach dem Training ist noch nicht da.</translation>
    </message>
    <message>
        <source>The unfinished training of “{name}” will be discarded.</source>
        <translation>Das angehaltene Training von „{name}“ wird verworfen.</translation>
    </message>
    <message>
        <source>The unfinished training was discarded</source>
        <translation>Das angehaltene Training wurde verworfen</translation>
    </message>
    <message>
        <source>There is a model of this name already. Choose another one.</source>
        <translation>Ein Modell mit diesem Namen gibt es schon. Einen anderen wählen.</translation>
    </message>
    <message>
        <source>There is no curve: a quick training looks at each image once, and then computes its result in one go. The pictures show what it has learned so far.</source>
        <translation>Hier gibt es keine Kurve: Ein schnelles Training sieht jedes Bild einmal an und berechnet dann sein Ergebnis auf einmal. Die Bilder zeigen, was es bisher gelernt hat.</translation>
    </message>
    <message>
        <source>There is nothing left of the unfinished training; start it again</source>
        <translation>Von dem unfertigen Training ist nichts mehr da; von vorn beginnen</translation>
    </message>
    <message>
        <source>This project has no images that can be used. Add photos, or relocate the images.</source>
        <translation>Dieses Projekt hat keine Bilder, die sich verwenden lassen. Fotos hinzufügen oder angeben, wo die Bilder jetzt sind.</translation>
    </message>
    <message>
        <source>Thorough</source>
        <translation>Gründlich</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Trainieren</translation>
    </message>
    <message>
        <source>Train on my images</source>
        <translation>Mit meinen Bildern trainieren</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message numerus="yes">
        <source>Training needs at least {least} images; %Ln (is,are) chosen. Choose more.</source>
        <translation>
            <numerusform>Zum Training braucht es mindestens {least} Bilder; gewählt ist %Ln. Mehr wählen.</numerusform>
            <numerusform>Zum Training braucht es mindestens {least} Bilder; gewählt sind %Ln. Mehr wählen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Training needs at least {least} images; this project has %Ln. Add more.</source>
        <translation>
            <numerusform>Zum Training braucht es mindestens {least} Bilder; dieses Projekt hat %Ln. Weitere hinzufügen.</numerusform>
            <numerusform>Zum Training braucht es mindestens {least} Bilder; dieses Projekt hat %Ln. Weitere hinzufügen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Training needs {needed} on the disk of {folder}, and {free} are free. Make room there first.</source>
        <translation>Das Training braucht {needed} auf dem Datenträger von {folder}; frei sind {free}. Dort zuerst Platz schaffen.</translation>
    </message>
    <message>
        <source>Training of “{name}” was interrupted after {share}.</source>
        <translation>Das Training von „{name}“ wurde nach {share} angehalten.</translation>
    </message>
    <message>
        <source>Training “{name}”</source>
        <translation>Training von „{name}“</translation>
    </message>
    <message>
        <source>What is learned so far is kept; Resume goes on from there.</source>
        <translation>Das bisher Gelernte bleibt; Fortsetzen macht dort weiter.</translation>
    </message>
    <message>
        <source>You can keep working. If you close the window, what is learned so far is kept.</source>
        <translation>Sie können weiterarbeiten. Auch wenn Sie das Fenster schließen, bleibt das bisher Gelernte.</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>noch nicht</translation>
    </message>
    <message>
        <source>step {number}</source>
        <translation>Schritt {number}</translation>
    </message>
    <message>
        <source>{name}: before and after</source>
        <translation>{name}: vorher und nachher</translation>
    </message>
    <message>
        <source>{name}: {value} at step {number}</source>
        <translation>{name}: {value} bei Schritt {number}</translation>
    </message>
    <message>
        <source>{share} of it is done. What is learned so far will be deleted; that cannot be undone.</source>
        <translation>{share} davon sind fertig. Das bisher Gelernte wird gelöscht; das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>{share}, about {time} left</source>
        <translation>{share}, noch etwa {time}</translation>
    </message>
    <message>
        <source>“{name}” is trained. {verdict}</source>
        <translation>„{name}“ ist trainiert. {verdict}</translation>
    </message>
</context>
<context>
    <name>Trim history</name>
    <message numerus="yes">
        <source>%Ln edit(s) will be removed, freeing about {size}.</source>
        <translation>
            <numerusform>%Ln Bearbeitung wird entfernt, das gibt etwa {size} frei.</numerusform>
            <numerusform>%Ln Bearbeitungen werden entfernt, das gibt etwa {size} frei.</numerusform>
        </translation>
    </message>
    <message>
        <source>Days or edits</source>
        <translation>Tage oder Bearbeitungen</translation>
    </message>
    <message>
        <source>How many to keep</source>
        <translation>Wie viele bleiben</translation>
    </message>
    <message>
        <source>Keep the last</source>
        <translation>Behalten: die letzten</translation>
    </message>
    <message>
        <source>Nothing is older than that.</source>
        <translation>Nichts ist älter.</translation>
    </message>
    <message>
        <source>Remove older history</source>
        <translation>Älteren Verlauf entfernen</translation>
    </message>
    <message>
        <source>Removed edits can no longer be undone. Regions, names, statistics and backups do not change.</source>
        <translation>Entfernte Bearbeitungen lassen sich nicht mehr rückgängig machen. Regionen, Namen, Statistik und Sicherungen ändern sich nicht.</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Wird durchsucht…</translation>
    </message>
    <message>
        <source>Trim history</source>
        <translation>Verlauf kürzen</translation>
    </message>
    <message>
        <source>Undo reaches back to the first day, which takes up space</source>
        <translation>Rückgängig reicht bis zum ersten Tag; das braucht Platz</translation>
    </message>
    <message>
        <source>days</source>
        <translation>Tage</translation>
    </message>
    <message>
        <source>edits</source>
        <translation>Bearbeitungen</translation>
    </message>
</context>
<context>
    <name>View</name>
    <message numerus="yes">
        <source>%Ln hidden; press {key} again to show (it,them)</source>
        <translation>
            <numerusform>%Ln ausgeblendet; noch einmal {key} blendet ein</numerusform>
            <numerusform>%Ln ausgeblendet; noch einmal {key} blendet ein</numerusform>
        </translation>
    </message>
    <message>
        <source>All labels now have distinct colours; undo brings the old ones back</source>
        <translation>Alle Labels haben jetzt unterscheidbare Farben; Rückgängig bringt die alten zurück</translation>
    </message>
    <message>
        <source>Only the selection is shown; press {key} again to show all</source>
        <translation>Nur die Auswahl ist zu sehen; noch einmal {key} zeigt alles</translation>
    </message>
    <message>
        <source>The labels already have these colours</source>
        <translation>Die Labels haben diese Farben schon</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Match system</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farbschema</translation>
    </message>
    <message>
        <source>Clear list</source>
        <translation>Liste leeren</translation>
    </message>
    <message>
        <source>Concept browser</source>
        <translation>Konzeptübersicht</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>Regionen</translation>
    </message>
    <message>
        <source>Statistics</source>
        <translation>Statistik</translation>
    </message>
    <message>
        <source>That works on the image: press {key} to go back to it</source>
        <translation>Das geht nur im Bild: mit {key} dorthin zurück</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
</context>
<context>
    <name>Work</name>
    <message numerus="yes">
        <source>%Ln edit(s) (is,are) only there.</source>
        <translation>
            <numerusform>%Ln Bearbeitung ist nur dort.</numerusform>
            <numerusform>%Ln Bearbeitungen sind nur dort.</numerusform>
        </translation>
    </message>
    <message>
        <source>Adding photos</source>
        <translation>Fotos werden hinzugefügt</translation>
    </message>
    <message>
        <source>Checking the images</source>
        <translation>Bilder werden geprüft</translation>
    </message>
    <message>
        <source>Comparing “{name}”</source>
        <translation>Vergleicht „{name}“</translation>
    </message>
    <message>
        <source>Finding the foreground of the images</source>
        <translation>Vordergrund der Bilder wird gesucht</translation>
    </message>
    <message>
        <source>Grouping similar regions</source>
        <translation>Ähnliche Regionen werden gruppiert</translation>
    </message>
    <message>
        <source>Importing labels</source>
        <translation>Labels werden importiert</translation>
    </message>
    <message>
        <source>Opening {name}</source>
        <translation>{name} wird geöffnet</translation>
    </message>
    <message>
        <source>Proposing regions</source>
        <translation>Regionen werden vorgeschlagen</translation>
    </message>
    <message>
        <source>Proposing with “{name}”</source>
        <translation>Schlägt mit „{name}“ vor</translation>
    </message>
    <message>
        <source>Reading the images</source>
        <translation>Bilder werden gelesen</translation>
    </message>
    <message>
        <source>Removing old history</source>
        <translation>Alter Verlauf wird entfernt</translation>
    </message>
    <message>
        <source>Restoring the backup</source>
        <translation>Sicherung wird wiederhergestellt</translation>
    </message>
    <message>
        <source>Segmenting from labelled images</source>
        <translation>Es wird anhand beschrifteter Bilder segmentiert</translation>
    </message>
    <message>
        <source>The file that was there before is kept as {file}.</source>
        <translation>Die Datei, die vorher dort war, ist als {file} aufgehoben.</translation>
    </message>
    <message>
        <source>Training “{name}”</source>
        <translation>Trainiert „{name}“</translation>
    </message>
    <message>
        <source>Updating all images</source>
        <translation>Alle Bilder werden aufgeteilt</translation>
    </message>
</context>
</TS>
