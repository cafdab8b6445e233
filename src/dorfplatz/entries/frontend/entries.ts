/** Choosing pictures: one row at a time, each with a look at what was chosen. Without scripts all rows stand there. */
for (const part of document.querySelectorAll<HTMLElement>("[data-pictures]")) {
  const rows = [...part.querySelectorAll<HTMLElement>("[data-row]")];
  const fileOf = (row: HTMLElement) => row.querySelector<HTMLInputElement>("input[type=file]");

  const arrange = () => {
    let isOpen = true;
    for (const row of rows) {
      const file = fileOf(row);
      const isChosen = Boolean(file?.files?.length);
      row.hidden = !isOpen && !isChosen && !row.querySelector(".field-wrong");
      const alt = row.querySelector<HTMLElement>("[data-alt]");
      if (alt) alt.hidden = !isChosen;
      if (!isChosen) isOpen = false;
    }
  };

  const look = (row: HTMLElement) => {
    const place = row.querySelector<HTMLElement>("[data-preview]");
    const chosen = fileOf(row)?.files?.[0];
    if (!place) return;
    place.replaceChildren();
    place.hidden = !chosen;
    if (!chosen) return;
    const picture = document.createElement("img");
    picture.alt = chosen.name;
    picture.src = URL.createObjectURL(chosen);
    picture.addEventListener("load", () => URL.revokeObjectURL(picture.src));
    picture.addEventListener("error", () => (place.hidden = true));
    place.append(picture);
  };

  for (const row of rows)
    fileOf(row)?.addEventListener("change", () => {
      look(row);
      arrange();
    });
  arrange();
}
