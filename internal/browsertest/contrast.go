package browsertest

// drawnText holds the words of drawings to WCAG's contrast, which axe-core does
// not measure there. What lies under the middle of a text is painted, layer by
// layer, into one pixel: so a colour may be written in any way CSS knows.
const drawnText = `(() => {
	const pen = Object.assign(document.createElement('canvas'), {width: 1, height: 1}).getContext('2d', {willReadFrequently: true})
	const paint = (color, alpha) => {
		pen.globalAlpha = alpha
		pen.fillStyle = color
		pen.fillRect(0, 0, 1, 1)
	}
	const light = () => {
		const [r, g, b] = [...pen.getImageData(0, 0, 1, 1).data].map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
		return 0.2126 * r + 0.7152 * g + 0.0722 * b
	}
	const alpha = e => {
		let a = Number(getComputedStyle(e).fillOpacity)
		for (; e; e = e.parentElement) a *= Number(getComputedStyle(e).opacity)
		return a
	}
	const layer = e => {
		const look = getComputedStyle(e)
		if (!(e instanceof SVGElement) || e.localName === 'svg') paint(look.backgroundColor, 1)
		else if (e instanceof SVGGeometryElement && look.fill !== 'none') paint(look.fill, alpha(e))
	}
	const found = []
	for (const text of document.querySelectorAll('svg text, svg tspan')) {
		const look = getComputedStyle(text)
		const words = [...text.childNodes].filter(n => n.nodeType === 3).map(n => n.data.trim()).join(' ').trim()
		if (!words || look.visibility !== 'visible' || look.fill.startsWith('url')) continue
		text.scrollIntoView({block: 'center', inline: 'center', behavior: 'instant'})
		const box = text.getBoundingClientRect()
		if (!box.width || !box.height) continue
		const stack = document.elementsFromPoint(box.left + box.width / 2, box.top + box.height / 2)
		const under = stack.slice(stack.indexOf(text) + 1).filter(e => !e.contains(text) || !(e instanceof SVGTextContentElement))
		paint('Canvas', 1)
		under.reverse().forEach(layer)
		const paper = light()
		paint(look.fill, alpha(text))
		const ink = light()
		const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05)
		const size = parseFloat(look.fontSize) * (text.getScreenCTM()?.a ?? 1)
		const least = size >= 24 || size >= 18.66 && look.fontWeight >= 700 ? 3 : 4.5
		if (ratio < least) found.push('text in a drawing has a contrast of ' + ratio.toFixed(2) + ', not ' + least + ': ' + text.cloneNode(false).outerHTML + ' ' + words)
	}
	scrollTo(0, 0)
	return found
})()`
