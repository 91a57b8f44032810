// Files are taken into custody as they are chosen: each is the body of a request of its own, so that the node seals it on its way.
"use strict";
(() => {
  const take = (file, to, token, ownUnitOnly, progress) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open("POST", to);
      request.setRequestHeader("Accept", "application/json");
      request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
      request.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
      request.setRequestHeader("X-Own-Unit-Only", String(ownUnitOnly));
      request.setRequestHeader("X-CSRF-TOKEN", token);
      request.upload.addEventListener("progress", (event) => progress(event.loaded / Math.max(1, event.total)));
      request.addEventListener("load", () => {
        let answer = {};
        try {
          answer = JSON.parse(request.responseText);
        } catch {
          // Not an answer of the node's: told as a failure below.
        }
        if (request.status === 201) resolve(answer);
        else reject(new Error(answer.title || ""));
      });
      request.addEventListener("error", () => reject(new Error("")));
      request.send(file);
    });

  const ready = (box) => {
    const form = box.closest("form");
    const input = box.querySelector("input[type=file]");
    const list = box.querySelector(".uploads");
    const token = form.querySelector("input[name=_csrf]").value;
    const ownUnitOnly = form.querySelector("[data-own-unit-only]");
    let running = 0;
    input.closest("[hidden]").hidden = false;

    const one = async (file) => {
      const row = document.createElement("li");
      const name = document.createElement("bdi");
      const bar = document.createElement("progress");
      name.dir = "auto";
      name.textContent = file.name;
      bar.max = 1;
      bar.value = 0;
      bar.setAttribute("aria-label", file.name);
      row.className = "row";
      row.append(name, bar);
      list.append(row);
      running++;
      try {
        const item = await take(file, box.dataset.to, token, ownUnitOnly?.checked ?? false, (part) => {
          bar.value = part;
        });
        bar.remove();
        const hidden = document.createElement("input");
        hidden.type = "hidden";
        hidden.name = box.dataset.name;
        hidden.value = item.id;
        const remove = document.createElement("button");
        remove.type = "button";
        remove.className = "button quiet";
        remove.textContent = box.dataset.remove;
        remove.addEventListener("click", () => row.remove());
        row.append(hidden);
        if (!("uploadOnly" in form.dataset)) row.append(remove);
      } catch (failure) {
        bar.remove();
        const why = document.createElement("span");
        why.className = "badge warn";
        why.textContent = failure.message || box.dataset.failed;
        row.append(why);
        row.dataset.failed = "yes";
      } finally {
        running--;
      }
    };

    input.addEventListener("change", async () => {
      const files = [...input.files];
      input.value = "";
      for (const file of files) await one(file);
      if ("uploadOnly" in form.dataset && running === 0 && !list.querySelector("[data-failed]")) location.reload();
    });
    form.addEventListener("submit", (event) => {
      if (running > 0 || "uploadOnly" in form.dataset) event.preventDefault();
    }, true);
  };
  const readyWithin = (part) => part.querySelectorAll("[data-upload]").forEach(ready);
  readyWithin(document);
  // A page that shows what is fresh puts new forms into a part of itself.
  document.addEventListener("fresh", (event) => readyWithin(event.target));
})();
